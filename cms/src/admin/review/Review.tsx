'use client'
import { Button, toast, useConfig, useDocumentInfo } from '@payloadcms/ui'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { StandingAnswer } from '../../endpoints/actOnArticle.ts'
import type { ChangesAnswer } from '../../endpoints/compareVersions.ts'
import type { Listed } from '../../review/versions.ts'
import { sendAct } from '../acting.ts'
import { Labelled } from '../Labelled.tsx'
import { Changes, Text } from './Passages.tsx'

type Chosen = { from: string; to: string }
const sinceApproval: Chosen = { from: 'approval', to: 'draft' }

/**
 * The page a reviewer works on: what changed since the last approval, the gravest first, then the text, and the verdict.
 * Any two other versions can be compared in their place.
 */
export const Review = () => {
  const { id } = useDocumentInfo()
  const { config } = useConfig()
  const [chosen, setChosen] = useState(sinceApproval)
  const address = `${config.routes.api}/articles/${id}`
  const { answer, refusal } = useChanges(address, chosen)
  if (!id) return null
  if (!answer) return <Frame>{refusal ?? 'One moment.'}</Frame>
  const { comparison, from } = answer
  const { changes, text, minutes } = comparison
  const isFirst = from.name === 'nothing'
  return (
    <Frame>
      <h2>{isFirst ? 'All of it' : 'What changed'}</h2>
      <p className="signpost-review__sum" role="status">
        {isFirst ? `Nothing to compare with, about ${minutesOf(minutes)} to read` : sumOf(changes.length, minutes)}
      </p>
      <p>{isFirst ? 'No reviewer has approved it yet.' : `From “${nameOf(from)}” to “${nameOf(answer.to)}”.`}</p>
      <Versions answer={answer} chosen={chosen} onChoose={setChosen} />
      <Changes changes={changes} />
      <h2>The text</h2>
      <Text text={text} />
      {chosen.to === 'draft' && <Verdict address={`${address}/acts`} contentHash={answer.contentHash} />}
    </Frame>
  )
}

const Frame = ({ children }: { children: ReactNode }) => (
  <div className="signpost-review gutter--left gutter--right">{children}</div>
)

const minutesOf = (minutes: number): string => (minutes === 1 ? '1 minute' : `${minutes} minutes`)
const sumOf = (count: number, minutes: number): string =>
  count === 0 ? 'Nothing changed' : `${count === 1 ? '1 change' : `${count} changes`}, about ${minutesOf(minutes)}`

const nameOf = ({ label, at }: Listed): string =>
  at
    ? `${label}, ${new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))}`
    : label

/** What the server says differs; `refusal` when it cannot say. */
function useChanges(address: string, { from, to }: Chosen): { answer?: ChangesAnswer; refusal?: string } {
  const [found, setFound] = useState<{ answer?: ChangesAnswer; refusal?: string }>({})
  useEffect(() => {
    const newer = new AbortController()
    ask(`${address}/changes?${new URLSearchParams({ from, to })}`, newer.signal).then(setFound, () => {
      if (!newer.signal.aborted) setFound({ refusal: 'The versions could not be read. Reload the page.' })
    })
    return () => newer.abort()
  }, [address, from, to])
  return found
}

async function ask(address: string, signal: AbortSignal): Promise<{ answer?: ChangesAnswer; refusal?: string }> {
  const response = await fetch(address, { credentials: 'include', signal })
  const body = (await response.json()) as ChangesAnswer & { errors?: { message: string }[] }
  return response.ok ? { answer: body } : { refusal: body.errors?.[0]?.message ?? 'The versions could not be read.' }
}

type VersionsProps = { answer: ChangesAnswer; chosen: Chosen; onChoose(chosen: Chosen): void }

const Versions = ({ answer: { versions }, chosen, onChoose }: VersionsProps) => (
  <details>
    <summary>Compare other versions</summary>
    <div className="signpost-review__versions">
      <Version
        label="From"
        onChoose={(from) => onChoose({ ...chosen, from })}
        value={chosen.from}
        versions={[{ name: 'approval', label: 'The last approval', at: null }, ...versions, nothing]}
      />
      <Version label="To" onChoose={(to) => onChoose({ ...chosen, to })} value={chosen.to} versions={versions} />
    </div>
  </details>
)

const nothing: Listed = { name: 'nothing', label: 'Nothing: show all of it', at: null }

type VersionProps = { label: string; value: string; versions: Listed[]; onChoose(name: string): void }

const Version = ({ label, value, versions, onChoose }: VersionProps) => (
  <Labelled label={label}>
    {(id) => (
      <select className="signpost-input" id={id} onChange={({ target }) => onChoose(target.value)} value={value}>
        {versions.map((version) => (
          <option key={version.name} value={version.name}>
            {nameOf(version)}
          </option>
        ))}
      </select>
    )}
  </Labelled>
)

/** Acts that need nothing but a note, and answer for exactly the text that is shown. */
const verdicts = {
  approve: { label: 'Approve this text', needsNote: false },
  confirm: { label: 'Confirm the change of wording', needsNote: false },
  return: { label: 'Return with the note', needsNote: true },
  recall: { label: 'Recall with the note', needsNote: true },
} as const
type Verdict = keyof typeof verdicts
const isVerdict = (act: string): act is Verdict => act in verdicts

/** Approve or return, with a note, on the same screen; for a change of wording, confirm or recall. */
const Verdict = ({ address, contentHash }: { address: string; contentHash: string }) => {
  const acts = useActs(address)
  const note = useRef<HTMLTextAreaElement>(null)
  const [isWaiting, setWaiting] = useState(false)
  const give = async (act: Verdict) => {
    const words = note.current?.value.trim() ?? ''
    if (verdicts[act].needsNote && !words) {
      note.current?.focus()
      toast.error('Say in the note what is to be changed.')
      return
    }
    setWaiting(true)
    const refusal = await sendAct(`${address}/${act}`, { contentHash, note: words, reason: words })
    if (refusal === undefined) window.location.reload()
    else toast.error(refusal)
    setWaiting(false)
  }
  const possible = acts.filter(isVerdict)
  if (possible.length === 0) return null
  return (
    <section aria-label="Your verdict" className="signpost-review__acts">
      {possible.some((act) => verdicts[act].needsNote) && (
        <Labelled label="Note to the editor">
          {(id) => <textarea className="signpost-input" id={id} maxLength={1000} ref={note} rows={3} />}
        </Labelled>
      )}
      <div>
        {possible.map((act, index) => (
          <Button
            buttonStyle={index === 0 ? 'primary' : 'secondary'}
            disabled={isWaiting}
            key={act}
            margin={false}
            onClick={() => give(act)}
          >
            {verdicts[act].label}
          </Button>
        ))}
      </div>
    </section>
  )
}

/** What the signed-in user may do next. */
function useActs(address: string): string[] {
  const [acts, setActs] = useState<string[]>([])
  const read = useCallback(async () => {
    const response = await fetch(address, { credentials: 'include' })
    if (response.ok) setActs(((await response.json()) as StandingAnswer).acts)
  }, [address])
  useEffect(() => {
    read().catch(() => toast.error('What you may do could not be read. Reload the page.'))
  }, [read])
  return acts
}
