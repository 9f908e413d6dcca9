'use client'
import { Button, useConfig, useDocumentInfo } from '@payloadcms/ui'
import type { PreviewsAnswer } from '../../endpoints/previewDraft.ts'
import { type Choice, formNames, forms, type Pane, panesOf, toggled, widthNames, widths } from './choice.ts'
import { PreviewFrame } from './PreviewFrame.tsx'
import { useChoice } from './useChoice.ts'
import { type PreviewsInHand, usePreviews } from './usePreviews.ts'

/** The newest draft as readers would get it, in any forms side by side, as the code of the release makes them. */
export const Preview = () => {
  const { id } = useDocumentInfo()
  const { config } = useConfig()
  const previews = usePreviews(id === undefined ? undefined : String(id))
  const [choice, choose] = useChoice()
  if (!id) return null
  const { answer, turn } = previews
  const addressOf = (form: string) => `${config.routes.api}/articles/${id}/preview/${form}/${answer?.token}`
  return (
    <div className="signpost-preview gutter--left gutter--right">
      <Saved previews={previews} />
      {answer && <Languages answer={answer} articles={`${config.routes.admin}/collections/articles`} />}
      {choice && <Choices choice={choice} onChoose={choose} />}
      {answer && choice && (
        <div className="signpost-preview__panes">
          {panesOf(choice).map((pane) => (
            <section className="signpost-preview__pane" data-width={pane.width} key={nameOf(pane)}>
              <h2>{nameOf(pane)}</h2>
              {pane.form === 'handout-pages' && (
                <a href={addressOf('handout')} rel="noreferrer" target="_blank">
                  Open the PDF
                </a>
              )}
              <PreviewFrame
                address={addressOf(pane.form)}
                name={nameOf(pane)}
                turn={turn}
                width={pane.width && widths[pane.width]}
              />
            </section>
          ))}
        </div>
      )}
    </div>
  )
}

const widthLabels = { desktop: 'Desktop', phone: 'Phone' } as const

const nameOf = ({ form, width }: Pane): string =>
  width ? `${forms[form].name}, ${widthLabels[width].toLowerCase()}` : forms[form].name

/** Which text is seen, and what is not in it. */
const Saved = ({ previews: { answer, isLost, isUnsaved } }: { previews: PreviewsInHand }) => (
  <>
    <p>
      The newest draft{answer && `, as it was saved at ${new Date(answer.savedAt).toLocaleTimeString()}`}. What you see
      follows each save.
    </p>
    <div role="status">
      {isUnsaved && <p className="signpost-warning">The form in another window has changes that are not saved yet.</p>}
      {isLost && (
        <p className="signpost-warning">
          The server does not answer, or you are signed out. What is shown here may be old by now.
        </p>
      )}
    </div>
  </>
)

const Languages = ({ answer: { languages }, articles }: { answer: PreviewsAnswer; articles: string }) => {
  if (languages.length === 0) return null
  return (
    <nav aria-label="In other languages" className="signpost-preview__choice">
      In other languages:
      {languages.map(({ id, locale, name }) => (
        <a href={`${articles}/${id}/preview`} key={id} lang={locale}>
          {name}
        </a>
      ))}
    </nav>
  )
}

const Choices = ({ choice, onChoose }: { choice: Choice; onChoose(choice: Choice): void }) => (
  <div className="signpost-preview__choices">
    <Toggles
      chosen={choice.forms}
      label="Show side by side"
      nameOf={(name) => forms[name].name}
      names={formNames}
      onToggle={(name) => onChoose({ ...choice, forms: toggled(formNames, choice.forms, name) })}
    />
    <Toggles
      chosen={choice.widths}
      label="On screens of this width"
      nameOf={(name) => widthLabels[name]}
      names={widthNames}
      onToggle={(name) => onChoose({ ...choice, widths: toggled(widthNames, choice.widths, name) })}
    />
  </div>
)

type TogglesProps<T extends string> = {
  chosen: readonly T[]
  label: string
  names: readonly T[]
  nameOf(name: T): string
  onToggle(name: T): void
}

const Toggles = <T extends string>({ chosen, label, names, nameOf, onToggle }: TogglesProps<T>) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
  <div aria-label={label} className="signpost-preview__choice" role="group">
    {names.map((name) => (
      <Button
        buttonStyle={chosen.includes(name) ? 'primary' : 'secondary'}
        extraButtonProps={{ 'aria-pressed': chosen.includes(name) }}
        key={name}
        margin={false}
        onClick={() => onToggle(name)}
        size="small"
      >
        {nameOf(name)}
      </Button>
    ))}
  </div>
)
