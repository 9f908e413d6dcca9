'use client'
import { Button, toast, useConfig, useDocumentInfo, useFormModified, useFormProcessing } from '@payloadcms/ui'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { StandingAnswer } from '../../endpoints/actOnArticle.ts'
import { answersIn, sendAct } from '../acting.ts'
import { Labelled } from '../Labelled.tsx'
import { useSaveDraft } from '../useSaveDraft.ts'

type Act = (act: string, body?: object) => Promise<void>

/** Where the article stands, who had it in hand and when, and what the signed-in user may do next. */
export const ReviewState = () => {
  const { standing, isWaiting, act } = useStanding()
  const [open, setOpen] = useState<string>()
  if (!standing)
    return (
      <div className="field-type">
        <div className="field-label">State</div>
        Draft, not saved yet.
      </div>
    )
  const choose = (name: string) => setOpen(open === name ? undefined : name)
  return (
    <div className="field-type signpost-state" data-state={standing.state}>
      <div className="field-label">State</div>
      <p className="signpost-state__label">{headline(standing)}</p>
      <Story standing={standing} />
      <Waiting act={act} standing={standing} />
      <div className="signpost-state__acts">
        {standing.acts
          .filter((name) => name in forms)
          .map((name) => (
            <Button
              extraButtonProps={{ 'aria-expanded': open === name }}
              buttonStyle={name === standing.acts[0] ? 'primary' : 'secondary'}
              disabled={isWaiting}
              key={name}
              margin={false}
              onClick={() => choose(name)}
              size="small"
            >
              {forms[name]!.label}
            </Button>
          ))}
      </div>
      {open && standing.acts.includes(open) && <Form act={act} isWaiting={isWaiting} name={open} standing={standing} />}
      {isWaiting && <p>One moment.</p>}
    </div>
  )
}

/** What the server says of the article, asked again whenever it was saved. */
function useStanding(): { standing: StandingAnswer | undefined; isWaiting: boolean; act: Act } {
  const { id, hasSavePermission, lastUpdateTime } = useDocumentInfo()
  const { config } = useConfig()
  const [isModified, isProcessing] = [useFormModified(), useFormProcessing()]
  const [isActing, setActing] = useState(false)
  const [standing, setStanding] = useState<StandingAnswer>()
  const address = `${config.routes.api}/articles/${id}/acts`
  const read = useCallback(async () => {
    const response = await fetch(address, { credentials: 'include' })
    if (response.ok) setStanding(await response.json())
  }, [address])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was saved may stand differently
  useEffect(() => {
    if (id) read().catch(() => toast.error('The state of the article could not be read. Reload the page.'))
  }, [id, read, lastUpdateTime])
  const save = useSaveDraft()
  const act: Act = async (name, body = {}) => {
    setActing(true)
    // What was typed last may not be saved yet; the form itself says why it cannot be.
    const isSaved = !isModified || !hasSavePermission || (await save())
    if (isSaved) {
      const said = await sendAct(`${address}/${name}`, body)
      // The form holds what the act has changed: the status, the review, at times the text.
      if (said === undefined) window.location.reload()
      else toast.error(said)
    }
    setActing(false)
  }
  return { standing, isWaiting: isProcessing || isActing, act }
}

const headline = ({ label, review }: StandingAnswer): string =>
  review === 'overdue' ? `${label}, review overdue` : review === 'due' ? `${label}, review due` : label

const moment = (at: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))
const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Who had it in hand, and when. */
const Story = ({ standing: { state, live, candidate, reviewer, submittedAt, note } }: { standing: StandingAnswer }) => (
  <ul className="signpost-list">
    {live && (
      <li>
        Edition {live.number}, {moment(live.at)}
      </li>
    )}
    {state === 'in-review' && submittedAt && (
      <li>
        With {reviewer ?? 'a reviewer'} since {moment(submittedAt)}
      </li>
    )}
    {candidate && (
      <li>
        Approved by {candidate.by}, {moment(candidate.at)}
        {!candidate.isNewest && '; the text was changed since'}
      </li>
    )}
    {note && (
      <li>
        Returned: <q>{note}</q>
      </li>
    )}
  </ul>
)

/** What is on the schedule. */
const Waiting = ({ act, standing: { acts, schedules } }: { act: Act; standing: StandingAnswer }) => (
  <ul className="signpost-list">
    {schedules.map((schedule) => (
      <li key={schedule.id}>
        {schedule.act === 'publish' ? 'Appears' : 'Is withdrawn'} {moment(schedule.at)} ({zone()}), by {schedule.by}
        {acts.includes('cancel') && (
          <>
            {' '}
            <Button
              buttonStyle="none"
              className="signpost-link"
              onClick={() => act('cancel', { schedule: schedule.id })}
            >
              Cancel
            </Button>
          </>
        )}
      </li>
    ))}
  </ul>
)

type FormProps = { standing: StandingAnswer }
/** One act: its name, what it asks, and what it sends of the answers. */
type ActForm = {
  label: string
  done: string
  Fields(props: FormProps): ReactNode
  body(answers: Record<string, string>, standing: StandingAnswer): object
}

const forms: Record<string, ActForm> = {
  submit: {
    label: 'Submit for review',
    done: 'Submit',
    Fields: ({ standing: { reviewers } }) =>
      reviewers.length > 0 ? (
        <Labelled label="Reviewer">
          {(id) => (
            <select className="signpost-input" id={id} name="reviewer" required>
              {reviewers.map((reviewer) => (
                <option key={reviewer.id} value={reviewer.id}>
                  {reviewer.name}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      ) : (
        <p>Nobody can review yet. An administrator can give a reviewer a sign-in and choose who they are.</p>
      ),
    body: ({ reviewer }) => ({ reviewer }),
  },
  approve: {
    label: 'Approve',
    done: 'Approve this text',
    Fields: ({ standing: { danger } }) => (
      <>
        <p>You say that this text is right as it stands. It is then published as it is, or not at all.</p>
        {danger && <p>{danger} Return it if it needs such a topic and urgent help.</p>}
        {danger && <Words label="Else: why nobody who reads it is in danger" name="noDanger" />}
      </>
    ),
    body: ({ noDanger }, { contentHash }) => ({ contentHash, ...(noDanger ? { noDanger } : {}) }),
  },
  return: {
    label: 'Return',
    done: 'Return to the editor',
    Fields: () => <Words label="What is to be changed" name="note" />,
    body: ({ note }) => ({ note }),
  },
  confirm: {
    label: 'Confirm a change of wording',
    done: 'Confirm it',
    Fields: () => (
      <p>
        You say that nothing but wording was changed since a reviewer approved it. The approval then holds for this text
        too, and the reviewer is told. See “Review” for what was changed.
      </p>
    ),
    body: (_, { contentHash }) => ({ contentHash }),
  },
  recall: {
    label: 'Recall a change of wording',
    done: 'Recall it',
    Fields: () => <Words label="Why" name="reason" />,
    body: ({ reason }) => ({ reason }),
  },
  'check-translation': {
    label: 'Check the translation',
    done: 'It is right',
    Fields: () => (
      <p>You say that you compared this text with its source, and that it says the same. See “Translation”.</p>
    ),
    body: (_, { contentHash }) => ({ contentHash }),
  },
  publish: {
    label: 'Publish what was approved',
    done: 'Publish',
    Fields: ({ standing: { candidate, live } }) => (
      <>
        {candidate && !candidate.isNewest && (
          <p>What was approved appears. The newer draft stays a draft, until it is approved too.</p>
        )}
        {live && <Words isOptional label="What changed, for readers" name="changeNote" />}
      </>
    ),
    body: ({ changeNote }, { candidate }) => ({
      candidate: candidate?.id,
      ...(changeNote ? { changeNote } : {}),
    }),
  },
  schedule: {
    label: 'Schedule',
    done: 'Put on the schedule',
    Fields: ({ standing: { candidate, live } }) => (
      <>
        <Labelled label="What">
          {(id) => (
            <select className="signpost-input" id={id} name="act">
              {candidate && <option value="publish">Publish what was approved</option>}
              {live && <option value="withdraw">Withdraw</option>}
            </select>
          )}
        </Labelled>
        <Labelled label={`When (${zone()})`}>
          {(id) => <input className="signpost-input" id={id} name="at" required type="datetime-local" />}
        </Labelled>
        {live && <Words isOptional label="If it is withdrawn: why, for readers" name="reason" />}
      </>
    ),
    body: ({ act, at = '', reason }, { candidate }) => ({
      ...{ act, at: new Date(at).toISOString() },
      ...(act === 'publish' ? { candidate: candidate?.id } : { reason }),
    }),
  },
  withdraw: {
    label: 'Withdraw',
    done: 'Withdraw it now',
    Fields: () => <Words label="Why, for readers" name="reason" />,
    body: ({ reason }) => ({ reason }),
  },
  move: {
    label: 'Move to another address',
    done: 'Move it now',
    Fields: () => (
      <Labelled label="End of its new web address; the former one leads to it">
        {(id) => (
          <input
            className="signpost-input"
            id={id}
            maxLength={96}
            name="slug"
            pattern="[a-z0-9]+(-[a-z0-9]+)*"
            required
          />
        )}
      </Labelled>
    ),
    body: ({ slug }) => ({ slug }),
  },
}

/** What an act asks before it is done. No form element: it stands inside the form of the article. */
const Form = ({ act, isWaiting, name, standing }: FormProps & { act: Act; isWaiting: boolean; name: string }) => {
  const { Fields, body, done } = forms[name]!
  const fields = useRef<HTMLDivElement>(null)
  const send = () => {
    const answers = answersIn(fields.current)
    if (answers) void act(name, body(answers, standing))
  }
  return (
    <div className="signpost-state__form" ref={fields}>
      <Fields standing={standing} />
      <Button disabled={isWaiting} margin={false} onClick={send} size="small">
        {done}
      </Button>
    </div>
  )
}

const Words = ({ label, name, isOptional = false }: { label: string; name: string; isOptional?: boolean }) => (
  <Labelled label={label}>
    {(id) => (
      <textarea className="signpost-input" id={id} maxLength={1000} name={name} required={!isOptional} rows={3} />
    )}
  </Labelled>
)
