'use client'
import { Button, toast, useConfig, useDocumentInfo } from '@payloadcms/ui'
import type { Strike as Struck } from 'content-schemas'
import { blockLabels } from 'pipeline/compare/labels.ts'
import { useEffect, useRef, useState } from 'react'
import type { StrikesAnswer } from '../../endpoints/strikesOf.ts'
import { answersIn, sendAct } from '../acting.ts'
import { Labelled } from '../Labelled.tsx'

type Act = (act: string, body: object) => Promise<void>
type Strike = StrikesAnswer['strikes'][number]

/** What was withdrawn from the published article at once, with its answer; and, for publishers, how to withdraw more. */
export const Strikes = () => {
  const { answer, isWaiting, act } = useStrikes()
  const [isOpen, setOpen] = useState(false)
  if (!answer || (answer.strikes.length === 0 && answer.passages.length === 0)) return null
  return (
    <div className="field-type signpost-strikes">
      {answer.strikes.length > 0 && (
        <>
          <div className="field-label">Withdrawn from what is published</div>
          <ul className="signpost-list">
            {answer.strikes.map((strike) => (
              <Withdrawn act={act} isWaiting={isWaiting} key={strike.id} strike={strike} />
            ))}
          </ul>
        </>
      )}
      {answer.passages.length > 0 && (
        <Button
          buttonStyle="secondary"
          disabled={isWaiting}
          extraButtonProps={{ 'aria-expanded': isOpen }}
          margin={false}
          onClick={() => setOpen(!isOpen)}
          size="small"
        >
          Withdraw a passage at once
        </Button>
      )}
      {isOpen && <StrikeForm act={act} isWaiting={isWaiting} passages={answer.passages} />}
    </div>
  )
}

function useStrikes(): { answer: StrikesAnswer | undefined; isWaiting: boolean; act: Act } {
  const { id } = useDocumentInfo()
  const { config } = useConfig()
  const [answer, setAnswer] = useState<StrikesAnswer>()
  const [isWaiting, setWaiting] = useState(false)
  const address = id && `${config.routes.api}/articles/${id}`
  useEffect(() => {
    if (!address) return
    const left = new AbortController()
    read(`${address}/strikes`, left.signal).then(setAnswer, () => {
      if (!left.signal.aborted) toast.error('What was withdrawn could not be read. Reload the page.')
    })
    return () => left.abort()
  }, [address])
  const act: Act = async (name, body) => {
    setWaiting(true)
    const said = await sendAct(`${address}/acts/${name}`, body)
    // What is published is another edition now, and every panel says so.
    if (said === undefined) window.location.reload()
    else toast.error(said)
    setWaiting(false)
  }
  return { answer, isWaiting, act }
}

async function read(address: string, signal: AbortSignal): Promise<StrikesAnswer> {
  const response = await fetch(address, { credentials: 'include', signal })
  if (!response.ok) throw new Error(`The strikes answered ${response.status}.`)
  return response.json()
}

const Withdrawn = ({ act, isWaiting, strike }: { act: Act; isWaiting: boolean; strike: Strike }) => {
  const fields = useRef<HTMLDivElement>(null)
  const lift = () => {
    const answers = answersIn(fields.current)
    if (answers) void act('lift-strike', { strike: strike.id, ...answers })
  }
  return (
    <li data-state={strike.state}>
      {strike.kind === 'notice' ? 'A notice stands above the text' : <q>{strike.says}</q>}
      <p>
        By {strike.by}, {strike.at.slice(0, 10)}: {strike.reason}
      </p>
      <p>{standing(strike)}</p>
      {strike.mayAnswer && (
        <div className="signpost-strikes__answer" ref={fields}>
          {strike.state === 'unconfirmed' && (
            <Button
              disabled={isWaiting}
              margin={false}
              onClick={() => act('confirm-strike', { strike: strike.id })}
              size="small"
            >
              It was right
            </Button>
          )}
          <Labelled label="Why it may stand as it was">
            {(id) => <textarea className="signpost-input" id={id} maxLength={1000} name="reason" required rows={2} />}
          </Labelled>
          <Button buttonStyle="secondary" disabled={isWaiting} margin={false} onClick={lift} size="small">
            Bring it back as it was approved
          </Button>
        </div>
      )}
    </li>
  )
}

function standing({ state, answeredBy, isLate }: Strike): string {
  if (state === 'confirmed') return `Confirmed by ${answeredBy}.`
  return isLate ? 'Unconfirmed for more than 24 hours. It stays withdrawn.' : 'Unconfirmed: a reviewer is asked.'
}

const causes: Record<Struck['cause'], string> = {
  unsafe: 'it may not be safe',
  wrong: 'it is wrong',
  outdated: 'it is out of date',
  'in-doubt': 'it may be wrong and is being checked',
}

/** Kinds of passages as an editor calls them. */
const kinds: Record<string, string> = {
  ...blockLabels,
  summary: 'Summary',
  mainMessage: 'Main message',
  paragraph: 'Paragraph',
  heading: 'Heading',
  list: 'List',
  blockquote: 'Quotation',
  table: 'Table',
  listItem: 'List item',
  item: 'Item',
}

const StrikeForm = ({
  act,
  isWaiting,
  passages,
}: {
  act: Act
  isWaiting: boolean
  passages: StrikesAnswer['passages']
}) => {
  const fields = useRef<HTMLDivElement>(null)
  const [pointer, setPointer] = useState('')
  const send = () => {
    const answers = answersIn(fields.current)
    if (!answers) return
    const { cause, reason, words } = answers
    const meant = pointer ? { kind: 'passage', pointer, ...(words ? { words } : {}) } : { kind: 'notice' }
    void act('strike', { ...meant, cause, reason })
  }
  return (
    <div className="signpost-state__form" ref={fields}>
      <p>
        At once and without a review, of what is published. Readers are told in a fixed sentence; a reviewer is asked to
        confirm it within 24 hours. The draft is left as it is.
      </p>
      <Labelled label="What">
        {(id) => (
          <select
            className="signpost-input"
            id={id}
            name="pointer"
            onChange={({ target }) => setPointer(target.value)}
            value={pointer}
          >
            <option value="">Nothing: put a notice above the text</option>
            {passages.map((passage) => (
              <option key={passage.pointer} value={passage.pointer}>
                {kinds[passage.kind] ?? passage.kind}: {passage.text.slice(0, 70)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {pointer && (
        <Labelled label="Only the sentences with these words (else all of it)">
          {(id) => <input className="signpost-input" id={id} maxLength={1000} name="words" />}
        </Labelled>
      )}
      <Labelled label="What readers are told">
        {(id) => (
          <select className="signpost-input" id={id} name="cause">
            {Object.entries(causes).map(([cause, says]) => (
              <option key={cause} value={cause}>
                {says}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label="Why, for the reviewer">
        {(id) => <textarea className="signpost-input" id={id} maxLength={1000} name="reason" required rows={3} />}
      </Labelled>
      <Button disabled={isWaiting} margin={false} onClick={send} size="small">
        Withdraw it now
      </Button>
    </div>
  )
}
