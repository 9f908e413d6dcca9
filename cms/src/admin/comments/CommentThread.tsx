'use client'
import { Button } from '@payloadcms/ui'
import { useState } from 'react'
import type { ReadComment } from '../../endpoints/readComments.ts'
import { commentStates } from '../../review/comment-states.ts'
import type { CommentsInHand } from './useComments.ts'
import { WordsField } from './WordsField.tsx'

type Props = { comment: ReadComment; hand: CommentsInHand }

/** One comment with its answers, and what may be done about it. */
export const CommentThread = ({ comment, hand }: Props) => {
  const { id, by, when, text, exact, suggestion, place, state, closedBy, answers } = comment
  return (
    <article aria-label={`Comment by ${by}`} className="signpost-comment" id={`comment-${id}`} tabIndex={-1}>
      <p className="signpost-comment__who">
        {by}, <time dateTime={when}>{moment(when)}</time>
        {state !== 'open' && `. ${commentStates[state]}${closedBy ? ` by ${closedBy}` : ''}`}
      </p>
      {exact && !place && (
        <p>
          {hand.answer?.missing ? 'On' : 'Passage no longer there:'} <q dir="auto">{exact}</q>
        </p>
      )}
      {suggestion !== null && <Suggested exact={exact ?? ''} suggestion={suggestion} />}
      <p dir="auto">{text}</p>
      {answers.length > 0 && (
        <ul className="signpost-list">
          {answers.map((answer) => (
            <li key={answer.id}>
              <span className="signpost-comment__who">
                {answer.by}, <time dateTime={answer.when}>{moment(answer.when)}</time>
              </span>
              <p dir="auto">{answer.text}</p>
            </li>
          ))}
        </ul>
      )}
      <CommentActs comment={comment} hand={hand} />
      {hand.answer?.may.comment && state === 'open' && <Answering hand={hand} parent={id} />}
    </article>
  )
}

const moment = (at: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))

/** The words that stand there, and those that are to. */
export const Suggested = ({ exact, suggestion }: { exact: string; suggestion: string }) => (
  <p dir="auto">
    <del>{exact}</del> {suggestion ? <ins>{suggestion}</ins> : '(taken out)'}
  </p>
)

type ActsProps = Props & { onAccepted?(): void; beforeAccept?(): Promise<boolean> }

/** Accept, decline, resolve, open again, take back: what is possible, to those who may. */
export const CommentActs = ({ comment, hand, onAccepted, beforeAccept }: ActsProps) => {
  const { id, state, suggestion, isMine, place } = comment
  const { answer, act, isActing } = hand
  if (!answer) return null
  const { may } = answer
  const close = (to: string) => void act('resolve', { comment: id, state: to })
  const accept = async () => {
    if (beforeAccept && !(await beforeAccept())) return
    if (await act('accept', { comment: id })) onAccepted?.()
  }
  const isSuggestion = suggestion !== null
  const isOpen = state === 'open'
  const possible: [boolean, string, () => void][] = [
    [isOpen && isSuggestion && may.accept && !isMine && place !== null, 'Accept', () => void accept()],
    [isOpen && isSuggestion && may.resolve, 'Decline', () => close('declined')],
    [isOpen && !isSuggestion && may.resolve, 'Resolve', () => close('resolved')],
    [(state === 'resolved' || state === 'declined') && may.resolve, 'Open again', () => close('open')],
    [isOpen && isMine, 'Take back', () => close('withdrawn')],
  ]
  return (
    <div className="signpost-state__acts">
      {possible.map(
        ([isPossible, label, run]) =>
          isPossible && (
            <Button buttonStyle="secondary" disabled={isActing} key={label} margin={false} onClick={run} size="small">
              {label}
            </Button>
          ),
      )}
    </div>
  )
}

const Answering = ({ hand, parent }: { hand: CommentsInHand; parent: string }) => {
  const [text, setText] = useState<string>()
  if (text === undefined)
    return (
      <Button buttonStyle="none" className="signpost-link" onClick={() => setText('')}>
        Answer
      </Button>
    )
  const send = async () => {
    if (await hand.act('comment', { text: text.trim(), parent })) setText(undefined)
  }
  return (
    <div className="signpost-read__writing">
      <WordsField isWanted label="Answer" onChange={setText} rows={2} value={text} />
      <div className="signpost-state__acts">
        <Button disabled={!text.trim() || hand.isActing} margin={false} onClick={send} size="small">
          Answer
        </Button>
        <Button buttonStyle="secondary" margin={false} onClick={() => setText(undefined)} size="small">
          Cancel
        </Button>
      </div>
    </div>
  )
}
