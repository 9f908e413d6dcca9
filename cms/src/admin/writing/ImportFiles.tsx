'use client'
import { Button, toast, useConfig } from '@payloadcms/ui'
import { type Locale, locales } from 'content-schemas'
import { useRef, useState } from 'react'
import type { ImportAnswer } from '../../endpoints/importFiles.ts'
import { Labelled } from '../Labelled.tsx'
import { post } from '../post.ts'

/** Imports Word and Markdown files as drafts, after a look at what becomes of each. */
export const ImportFiles = ({ names }: { names: Record<Locale, string> }) => {
  const { config } = useConfig()
  const form = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [isWaiting, setWaiting] = useState(false)
  const [answer, setAnswer] = useState<ImportAnswer>()
  const articles = `${config.routes.admin}/collections/articles`
  const send = async (save: boolean) => {
    const body = new FormData()
    const [files, locale] = [
      form.current?.querySelector<HTMLInputElement>('input[type=file]')?.files,
      form.current?.querySelector('select')?.value,
    ]
    for (const file of files ?? []) body.append('files', file)
    body.append('locale', locale ?? 'en')
    body.append('save', String(save))
    setWaiting(true)
    const said = await post<ImportAnswer>(
      `${config.routes.api}/articles/import`,
      body,
      'The files could not be read. Try again.',
    )
    if (said.refused === undefined) setAnswer(said.done)
    else toast.error(said.refused)
    setWaiting(false)
  }
  const usable = answer?.files.filter(({ outcome }) => outcome !== 'refused').length ?? 0
  return (
    <div className="signpost-import">
      <Button
        buttonStyle="none"
        className="signpost-link"
        extraButtonProps={{ 'aria-expanded': isOpen }}
        onClick={() => setOpen(!isOpen)}
      >
        Import Word or Markdown files
      </Button>
      {isOpen && (
        <div className="signpost-import__form" ref={form}>
          <Labelled label="Files (.docx, .md)">
            {(id) => (
              <input accept=".docx,.md,.markdown" id={id} multiple onChange={() => setAnswer(undefined)} type="file" />
            )}
          </Labelled>
          <Labelled label="Their language">
            {(id) => (
              <select className="signpost-input" id={id} onChange={() => setAnswer(undefined)}>
                {locales.map((locale) => (
                  <option key={locale} value={locale}>
                    {names[locale]}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
          <div className="signpost-state__acts">
            <Button disabled={isWaiting} margin={false} onClick={() => send(false)} size="small">
              Look what becomes of them
            </Button>
            {answer && !answer.isSaved && usable > 0 && (
              <Button
                buttonStyle="secondary"
                disabled={isWaiting}
                margin={false}
                onClick={() => send(true)}
                size="small"
              >
                Save {usable === 1 ? 'one draft' : `${usable} drafts`}
              </Button>
            )}
          </div>
          <div role="status">
            {isWaiting && <p>One moment.</p>}
            {answer && <Report answer={answer} articles={articles} />}
          </div>
        </div>
      )}
    </div>
  )
}

const outcomes = {
  created: ['would become a new draft', 'is a new draft'],
  updated: ['would replace the draft of an article', 'replaced the draft of an article'],
  refused: ['cannot be taken', 'was not taken'],
} as const

const Report = ({ answer: { files, isSaved }, articles }: { answer: ImportAnswer; articles: string }) => (
  <ul className="signpost-list">
    {files.map(({ name, outcome, became, messages }) => (
      <li key={`${name} ${became?.id}`}>
        {name} {outcomes[outcome][isSaved ? 1 : 0]}
        {became && (
          <>: {isSaved ? <a href={`${articles}/${became.id}`}>{became.title}</a> : <q dir="auto">{became.title}</q>}</>
        )}
        {messages.length > 0 && (
          <ul className="signpost-list">
            {messages.map(({ rule, reason, fix, place }) => (
              <li key={`${rule} ${place.pointer} ${reason}`}>
                {reason} {fix}
              </li>
            ))}
          </ul>
        )}
      </li>
    ))}
  </ul>
)
