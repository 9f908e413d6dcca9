'use client'
import { Button, useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

const forms = { page: 'Web page', email: 'E-mail', 'email-text': 'E-mail as text', json: 'JSON' } as const
type Form = keyof typeof forms

/** Widths, CSS pixels; a desktop has what there is. */
const widths = { desktop: undefined, phone: 390 } as const
type Width = keyof typeof widths

/** The newest draft as readers would get it, one form at a time, as the code of the release makes it. */
export const Preview = () => {
  const { id } = useDocumentInfo()
  const { config } = useConfig()
  const [form, setForm] = useState<Form>('page')
  const [width, setWidth] = useState<Width>('desktop')
  const turn = useReturns()
  if (!id) return null
  const address = `${config.routes.api}/articles/${id}/preview`
  return (
    <div className="signpost-preview gutter--left gutter--right">
      <p>
        The newest draft, as it was last saved.{' '}
        <a href={`${address}/handout`} rel="noreferrer" target="_blank">
          Open the handout (PDF)
        </a>
      </p>
      <div className="signpost-preview__choices">
        <Choices<Form> chosen={form} label="Form" names={forms} onChoose={setForm} />
        <Choices<Width>
          chosen={width}
          label="Width"
          names={{ desktop: 'Desktop', phone: 'Phone' }}
          onChoose={setWidth}
        />
      </div>
      <iframe
        className="signpost-preview__frame"
        key={`${form} ${turn}`}
        sandbox=""
        src={`${address}/${form}`}
        style={{ width: widths[width] }}
        title={`Preview: ${forms[form]}`}
      />
    </div>
  )
}

/** Counts how often somebody came back to this window: the text may have been changed in another one. */
function useReturns(): number {
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && setTurn((before) => before + 1)
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return turn
}

type ChoicesProps<T extends string> = {
  chosen: T
  label: string
  names: Record<T, string>
  onChoose(name: T): void
}

const Choices = <T extends string>({ chosen, label, names, onChoose }: ChoicesProps<T>) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
  <div aria-label={label} className="signpost-preview__choice" role="group">
    {(Object.keys(names) as T[]).map((name) => (
      <Button
        buttonStyle={name === chosen ? 'primary' : 'secondary'}
        extraButtonProps={{ 'aria-pressed': name === chosen }}
        key={name}
        margin={false}
        onClick={() => onChoose(name)}
        size="small"
      >
        {names[name]}
      </Button>
    ))}
  </div>
)
