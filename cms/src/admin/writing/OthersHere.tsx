'use client'
import {
  Button,
  toast,
  useConfig,
  useDocumentInfo,
  useForm,
  useFormBackgroundProcessing,
  useFormFields,
  useFormModified,
  useFormProcessing,
} from '@payloadcms/ui'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { DifferencesAnswer, RevisionAnswer } from '../../endpoints/compareWithNewest.ts'
import type { Difference } from '../../writing/differences.ts'

/** How often the server is asked who else is here, and how long an answer of its own save may take; milliseconds. */
const pause = { between: 15_000, again: 2_000 }

/**
 * Tells who else writes in the article, and, when somebody saved it after this form read it, what they changed: to be
 * taken, or kept below one's own words. Until that is chosen the server refuses every save of this form.
 */
export const OthersHere = () => {
  const { editing, outdated } = useNewest()
  if (outdated) return <Outdated newest={outdated} />
  if (!editing) return null
  return (
    <p className="signpost-others" role="status">
      {editing} has this article open and is writing in it. You will be told when they save.
    </p>
  )
}

/** Asks for the newest revision, now and then and after each save. */
function useNewest(): { editing: string | null; outdated: RevisionAnswer | undefined } {
  const { id } = useDocumentInfo()
  const { config } = useConfig()
  const own = useOwnRevision()
  const isSaving = [useFormProcessing(), useFormBackgroundProcessing()].some(Boolean)
  const now = useRef({ own, isSaving })
  now.current = { own, isSaving }
  const [editing, setEditing] = useState<string | null>(null)
  const [outdated, setOutdated] = useState<RevisionAnswer>()
  const address = `${config.routes.api}/articles/${id}/revision`
  const ask = useCallback(async (): Promise<RevisionAnswer | undefined> => {
    const response = await fetch(address, { credentials: 'include' })
    return response.ok ? response.json() : undefined
  }, [address])
  useEffect(() => {
    if (!id || isSaving) return
    let isOver = false
    const isOther = (answer: RevisionAnswer | undefined) =>
      answer !== undefined &&
      now.current.own !== undefined &&
      answer.revision !== now.current.own &&
      !now.current.isSaving
    const look = async () => {
      const answer = await ask()
      if (isOver || !answer) return
      setEditing(answer.editing)
      if (!isOther(answer)) return setOutdated(undefined)
      // A save of this form may be on its way back.
      await new Promise((resolve) => setTimeout(resolve, pause.again))
      const again = await ask()
      if (!isOver && isOther(again)) setOutdated(again)
    }
    // Without an answer nothing is known; the next one comes soon, and a save says by itself that it failed.
    const tryLook = () => void look().catch(() => setEditing(null))
    tryLook()
    const timer = setInterval(tryLook, pause.between)
    return () => {
      isOver = true
      clearInterval(timer)
    }
  }, [id, isSaving, ask])
  return { editing, outdated }
}

/** The revision this form is based on; keeps it told from which open form it is saved. */
function useOwnRevision(): string | undefined {
  const { dispatchFields } = useForm()
  const form = useRef('')
  const [revision, openIn] = useFormFields(([fields]) => [fields.revision?.value, fields.openIn?.value])
  useEffect(() => {
    form.current ||= crypto.randomUUID()
    if (openIn !== form.current) dispatchFields({ type: 'UPDATE', path: 'openIn', value: form.current })
  }, [openIn, dispatchFields])
  return typeof revision === 'string' ? revision : undefined
}

const moment = (at: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))

const Outdated = ({ newest }: { newest: RevisionAnswer }) => {
  const { id, savedDocumentData } = useDocumentInfo()
  const { config } = useConfig()
  const { getData } = useForm()
  const isModified = useFormModified()
  const [answer, setAnswer] = useState<DifferencesAnswer>()
  const [isWaiting, setWaiting] = useState(false)
  const address = `${config.routes.api}/articles/${id}`
  const send = async (method: string, path: string, body: object) => {
    const options = { method, credentials: 'include', headers: { 'Content-Type': 'application/json' } } as const
    const response = await fetch(`${address}${path}`, { ...options, body: JSON.stringify(body) })
    if (!response.ok) throw new Error((await response.json()).errors?.[0]?.message)
    return response.json()
  }
  const compare = (): Promise<DifferencesAnswer> =>
    send('POST', '/differences', { base: savedDocumentData ?? {}, mine: getData() })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown belongs to the newest revision
  useEffect(() => {
    compare().then(setAnswer, () => toast.error('What changed could not be read. Reload the page to see it.'))
  }, [newest.revision])
  const keepMine = async () => {
    setWaiting(true)
    try {
      const { revision, differences } = await compare()
      const values = getData() as Record<string, unknown>
      const mine = differences.filter(({ by }) => by !== 'them').map(({ name }) => [name, values[name] ?? null])
      await send('PATCH', '?draft=true&depth=0', { ...Object.fromEntries(mine), revision, _status: 'draft' })
      window.location.reload()
    } catch (error) {
      toast.error((error as Error).message || 'This could not be saved. Your words are still here; try again.')
      setWaiting(false)
    }
  }
  return (
    <section className="signpost-others signpost-others--outdated" role="alert">
      <h2>{newest.savedBy ?? 'Somebody'} changed this article after you read it</h2>
      <p>
        Saved {moment(newest.savedAt)}. {isModified && 'Your words are still in the form, and are not saved yet.'}
      </p>
      {answer && <Differences differences={answer.differences} />}
      <div className="signpost-state__acts">
        {isModified && (
          <Button disabled={isWaiting} margin={false} onClick={keepMine} size="small">
            Keep mine on top of theirs
          </Button>
        )}
        <Button
          buttonStyle="secondary"
          disabled={isWaiting}
          margin={false}
          onClick={() => window.location.reload()}
          size="small"
        >
          {isModified ? 'Take theirs, drop mine' : 'Show the newest'}
        </Button>
      </div>
    </section>
  )
}

const words: Record<Difference['by'], string> = {
  them: 'changed by them; kept either way',
  you: 'changed by you alone',
  both: 'changed by both: yours would stand, theirs stays in the versions',
}

const Differences = ({ differences }: { differences: Difference[] }) => (
  <dl className="signpost-differences">
    {differences.map(({ name, label, by, theirs }) => (
      <div key={name}>
        <dt>
          {label}: {words[by]}
        </dt>
        {theirs.added.length > 0 && (
          <dd dir="auto">
            <ins>{theirs.added.join('\n')}</ins>
          </dd>
        )}
        {theirs.removed.length > 0 && (
          <dd dir="auto">
            <del>{theirs.removed.join('\n')}</del>
          </dd>
        )}
      </div>
    ))}
  </dl>
)
