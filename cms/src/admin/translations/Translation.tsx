'use client'
import { Button, toast, useConfig, useDocumentInfo } from '@payloadcms/ui'
import type { Locale } from 'content-schemas'
import type { NumbersApart } from 'pipeline/compare/numbers.ts'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { StandingAnswer } from '../../endpoints/actOnArticle.ts'
import type { TranslationAnswer } from '../../endpoints/compareTranslation.ts'
import { sendAct } from '../acting.ts'
import { Labelled } from '../Labelled.tsx'
import { Changes } from '../review/Passages.tsx'

/** A translation beside its source, passage by passage, with what changed in the source since somebody compared them. */
export const Translation = () => {
  const { id } = useDocumentInfo()
  const { config } = useConfig()
  const address = `${config.routes.api}/articles/${id}`
  const answer = useAnswer<TranslationAnswer>(`${address}/translation`)
  if (!id || !answer) return null
  return (
    <div className="signpost-review signpost-review--wide gutter--left gutter--right">
      <Source answer={answer} />
      {answer.changed && (
        <>
          <h2>What changed in the source since</h2>
          <Changes changes={answer.changed.changes} />
        </>
      )}
      <Pairs answer={answer} />
      {answer.source && <Check address={`${address}/acts`} answer={answer} />}
    </div>
  )
}

const nameOf = (locale: Locale): string => new Intl.DisplayNames(undefined, { type: 'language' }).of(locale) ?? locale
const dayOf = (at: string): string => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(new Date(at))

const Source = ({ answer: { sourceLocale, source, check, changed } }: { answer: TranslationAnswer }) => {
  if (!sourceLocale)
    return <p>This is an original. If it is a translation, say at the side of what: “Translated from”.</p>
  if (!source) return <p>Its source, in {nameOf(sourceLocale)}, has not been approved yet.</p>
  return (
    <>
      <p>
        Source: “{source.title}” ({nameOf(sourceLocale)}), approved by {source.approvedBy} on {dayOf(source.at)}.
      </p>
      <p role="status">
        {check ? `Compared with it by ${check.by} on ${dayOf(check.at)}` : 'Nobody has compared the two yet'}
        {changed ? '; the source has changed since.' : '.'}
      </p>
    </>
  )
}

const Pairs = ({ answer: { pairs, sourceLocale, locale } }: { answer: TranslationAnswer }) => (
  <ol className="signpost-pairs">
    {pairs.map(({ label, source, translation }, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: two passages may be alike, and none comes or goes
      <li className="signpost-pair" key={index}>
        {label !== pairs[index - 1]?.label && <h3>{label}</h3>}
        <Side locale={sourceLocale ?? locale} text={source} />
        <Side locale={locale} text={translation} />
      </li>
    ))}
  </ol>
)

const Side = ({ locale, text }: { locale: Locale; text: string | null }) => (
  <p className="signpost-passage" dir={locale === 'ar' ? 'rtl' : 'ltr'} lang={locale}>
    {text ?? '–'}
  </p>
)

/** Says that the two say the same, of exactly the texts that are shown. */
const Check = ({
  address,
  answer: { contentHash, source, numbers },
}: {
  address: string
  answer: TranslationAnswer
}) => {
  const standing = useAnswer<StandingAnswer>(address)
  const [isWaiting, setWaiting] = useState(false)
  const why = useRef<HTMLTextAreaElement>(null)
  if (!standing?.acts.includes('check-translation')) return null
  const check = async () => {
    setWaiting(true)
    const said = why.current?.value.trim()
    const body = { contentHash, sourceHash: source?.contentHash, ...(said ? { numbers: said } : {}) }
    const refusal = await sendAct(`${address}/check-translation`, body)
    if (refusal === undefined) window.location.reload()
    else toast.error(refusal)
    setWaiting(false)
  }
  return (
    <section aria-label="Your check" className="signpost-review__acts">
      <p>You say that you compared both texts, and that they say the same.</p>
      <Numbers numbers={numbers} why={why} />
      <div>
        <Button disabled={isWaiting} margin={false} onClick={check}>
          The translation is right
        </Button>
      </div>
    </section>
  )
}

/** What has to be answered before the check where figures differ. */
const Numbers = ({ numbers, why }: { numbers: NumbersApart; why: RefObject<HTMLTextAreaElement | null> }) => {
  const { source, translation } = numbers
  if (source.length + translation.length === 0) return null
  return (
    <>
      {translation.length > 0 && <p>Numbers that the source does not have: {translation.join(', ')}</p>}
      {source.length > 0 && <p>Numbers of the source that are missing here: {source.join(', ')}</p>}
      <Labelled label="Why these numbers are right">
        {(id) => <textarea className="signpost-input" id={id} maxLength={1000} ref={why} rows={2} />}
      </Labelled>
    </>
  )
}

/** What the server answers; undefined before it has. */
function useAnswer<T>(address: string): T | undefined {
  const [answer, setAnswer] = useState<T>()
  useEffect(() => {
    const newer = new AbortController()
    fetch(address, { credentials: 'include', signal: newer.signal })
      .then(async (response) => {
        if (!response.ok) throw new Error(`${address} answered ${response.status}.`)
        setAnswer((await response.json()) as T)
      })
      .catch(() => {
        if (!newer.signal.aborted) toast.error('This could not be read. Reload the page.')
      })
    return () => newer.abort()
  }, [address])
  return answer
}
