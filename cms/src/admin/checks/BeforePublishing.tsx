'use client'
import { Button, toast, useAuth, useConfig, useDocumentInfo, useForm } from '@payloadcms/ui'
import { createContext, useContext, useEffect, useState } from 'react'
import { type Actor, collectionRoles, hasRole } from '../../access/roles.ts'
import type { ChecksAnswer } from '../../endpoints/checkDraft.ts'
import type { Remaining, Who } from '../../review/remaining.ts'
import { replaceInText, showPlace } from './places.ts'
import { Waive, Waived } from './Waive.tsx'

/** What is still to do before the draft can be published, and by whom; then advice. It follows every save. */
export const BeforePublishing = () => {
  const { answer, ask } = useRemaining()
  const name = useNames()
  if (!answer) return null
  const { messages, mayWaive } = answer
  const isBlocking = ({ severity, waiver }: Remaining) => severity === 'block' && !waiver
  const advice = messages.filter(({ severity }) => severity !== 'block')
  const toDo = messages.filter(isBlocking)
  return (
    <div className="field-type signpost-checks">
      <div className="field-label">Before publishing</div>
      <p className="signpost-checks__sum" role="status">
        {toDo.length > 0 ? `${counted(toDo.length)} still to do` : 'Nothing stands against publishing'}
      </p>
      <Waiving.Provider value={mayWaive ? ask : undefined}>
        {(Object.keys(name) as Who[]).map((who) => (
          <Group key={who} messages={toDo.filter((message) => message.who === who)} title={`To do by ${name[who]}`} />
        ))}
      </Waiving.Provider>
      <Waived mayWaive={mayWaive} messages={messages.filter(({ waiver }) => waiver)} onDone={ask} />
      {advice.length > 0 && (
        <details className="signpost-checks__more">
          <summary>Advice ({advice.length})</summary>
          <List messages={advice} />
        </details>
      )}
    </div>
  )
}

/** What is asked again once something was waived; undefined for who may not. */
const Waiving = createContext<(() => void) | undefined>(undefined)

const counted = (count: number): string => (count === 1 ? 'One thing' : `${count} things`)

/** What the server says of the newest draft, asked again whenever that was saved. Undefined before it has answered. */
function useRemaining(): { answer: ChecksAnswer | undefined; ask(): void } {
  const { id, collectionSlug, lastUpdateTime } = useDocumentInfo()
  const { config } = useConfig()
  const [answer, setAnswer] = useState<ChecksAnswer>()
  const [asked, setAsked] = useState(0)
  const address = id && `${config.routes.api}/${collectionSlug}/${id}/checks`
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was saved may have other messages
  useEffect(() => {
    if (!address) return
    const newer = new AbortController()
    read(address, newer.signal).then(setAnswer, () => {
      if (!newer.signal.aborted) toast.error('What is still to do could not be read. Reload the page.')
    })
    return () => newer.abort()
  }, [address, lastUpdateTime, asked])
  return { answer, ask: () => setAsked((times) => times + 1) }
}

async function read(address: string, signal: AbortSignal): Promise<ChecksAnswer> {
  const response = await fetch(address, { credentials: 'include', signal })
  if (!response.ok) throw new Error(`The checks answered ${response.status}.`)
  return response.json()
}

/** What those who have something to do are called, to whoever is signed in. */
function useNames(): Record<Who, string> {
  const { user } = useAuth()
  const { collectionSlug } = useDocumentInfo()
  const { update } = collectionRoles[collectionSlug === 'issues' ? 'issues' : 'articles']
  return {
    you: hasRole(user as unknown as Actor, update) ? 'you' : 'the editor',
    reviewer: 'a reviewer',
    publisher: 'a publisher',
  }
}

/** As many as one takes in at a glance. */
const shown = 6

const Group = ({ messages, title }: { messages: Remaining[]; title: string }) => {
  if (messages.length === 0) return null
  return (
    <>
      <h3 className="signpost-checks__who">{title}</h3>
      <List messages={messages.slice(0, shown)} />
      {messages.length > shown && (
        <details className="signpost-checks__more">
          <summary>{counted(messages.length - shown)} more</summary>
          <List messages={messages.slice(shown)} />
        </details>
      )}
    </>
  )
}

const List = ({ messages }: { messages: Remaining[] }) => (
  <ul className="signpost-checks__list">
    {messages.map((message) => (
      <Entry key={`${message.rule} ${JSON.stringify(message.place)} ${message.reason}`} message={message} />
    ))}
  </ul>
)

const Entry = ({ message }: { message: Remaining }) => {
  const { docConfig } = useDocumentInfo()
  const ask = useContext(Waiving)
  const { place, passage, reason, fix, severity, waivable } = message
  return (
    <li data-rule={message.rule}>
      <button
        className="signpost-checks__what"
        onClick={() => showPlace(place.pointer, passage, docConfig?.fields ?? [])}
        type="button"
      >
        {reason}
      </button>
      {fix && <p>{fix}</p>}
      <Replacements message={message} />
      {severity === 'block' &&
        waivable &&
        (ask ? <Waive message={message} onDone={ask} /> : <p>A publisher may waive this, with a reason.</p>)}
    </li>
  )
}

const Replacements = ({ message: { passage, place, replacements = [] } }: { message: Remaining }) => {
  const replace = useReplace()
  // What fields of blocks hold is changed in those fields.
  if (!passage || !/^\/(?:body(?:\/children\/\d+)+|\w+)$/.test(place.pointer)) return null
  const use = (replacement: string) => {
    if (!replace({ passage, place }, replacement))
      toast.error('These words were not found once and as they were. Change them in the text.')
  }
  return (
    <div className="signpost-checks__replace">
      {replacements.slice(0, 3).map((replacement) => (
        <Button buttonStyle="secondary" key={replacement} margin={false} onClick={() => use(replacement)} size="small">
          Replace with “{replacement}”
        </Button>
      ))}
    </div>
  )
}

type Replace = (found: { passage: NonNullable<Remaining['passage']>; place: Remaining['place'] }, by: string) => boolean

/** Replaces a passage in the form, if it still stands there as it was checked. */
function useReplace(): Replace {
  const { dispatchFields, getField, setModified } = useForm()
  return ({ passage, place: { pointer, start = 0 } }, by) => {
    const [, path = '', ...inside] = pointer.split('/')
    if (inside.length > 0) return replaceInText(path, passage, by)
    const value = getField(path)?.value
    const end = start + passage.words.length
    if (typeof value !== 'string' || value.slice(start, end) !== passage.words) return false
    dispatchFields({ type: 'UPDATE', path, value: value.slice(0, start) + by + value.slice(end) })
    setModified(true)
    return true
  }
}
