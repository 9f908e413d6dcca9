'use client'
import { Button, toast, useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useRef, useState } from 'react'
import type { Remaining } from '../../review/remaining.ts'
import { answersIn, sendAct } from '../acting.ts'
import { Labelled } from '../Labelled.tsx'

/** Lets a publisher waive one finding of the panel, with a reason. */
export const Waive = ({ message: { rule, place }, onDone }: { message: Remaining; onDone(): void }) => {
  const { send, isWaiting } = useWaivers(onDone)
  const [isOpen, setOpen] = useState(false)
  const fields = useRef<HTMLDivElement>(null)
  const waive = () => {
    const answers = answersIn(fields.current)
    const { pointer, start, end } = place
    if (answers) void send('', { rule, place: { pointer, start, end }, ...answers })
  }
  return (
    <>
      <Button
        buttonStyle="none"
        className="signpost-link"
        extraButtonProps={{ 'aria-expanded': isOpen }}
        onClick={() => setOpen(!isOpen)}
      >
        Waive this
      </Button>
      {isOpen && (
        <div className="signpost-state__form" ref={fields}>
          <Labelled label="Why it may pass: kept with the edition, and public in its JSON">
            {(id) => <textarea className="signpost-input" id={id} maxLength={1000} name="reason" required rows={2} />}
          </Labelled>
          <Button disabled={isWaiting} margin={false} onClick={waive} size="small">
            Waive it
          </Button>
        </div>
      )}
    </>
  )
}

/** What was waived in this draft, each with its reason and, for who may, the way back. */
export const Waived = ({
  messages,
  mayWaive,
  onDone,
}: {
  messages: Remaining[]
  mayWaive: boolean
  onDone(): void
}) => {
  const { send, isWaiting } = useWaivers(onDone)
  if (messages.length === 0) return null
  return (
    <details className="signpost-checks__more" open>
      <summary>Waived ({messages.length})</summary>
      <ul className="signpost-checks__list">
        {messages.map(({ reason, waiver }) =>
          waiver ? (
            <li data-waiver={waiver.id} key={waiver.id + reason}>
              {reason}
              <p>
                {waiver.by}: <q>{waiver.reason}</q>
              </p>
              {mayWaive && (
                <Button
                  buttonStyle="none"
                  className="signpost-link"
                  disabled={isWaiting}
                  onClick={() => send(`/${waiver.id}/take-back`, {})}
                >
                  Take back
                </Button>
              )}
            </li>
          ) : null,
        )}
      </ul>
    </details>
  )
}

function useWaivers(onDone: () => void): { send(path: string, body: object): Promise<void>; isWaiting: boolean } {
  const { id, collectionSlug } = useDocumentInfo()
  const { config } = useConfig()
  const [isWaiting, setWaiting] = useState(false)
  const send = async (path: string, body: object) => {
    setWaiting(true)
    const said = await sendAct(`${config.routes.api}/${collectionSlug}/${id}/waivers${path}`, body)
    if (said === undefined) onDone()
    else toast.error(said)
    setWaiting(false)
  }
  return { send, isWaiting }
}
