'use client'
import { useConfig, useDocumentInfo, useFormModified } from '@payloadcms/ui'
import type { ReadComment, ReadRun } from '../../endpoints/readComments.ts'
import { showPlace } from '../checks/places.ts'
import { useSaveDraft } from '../useSaveDraft.ts'
import { CommentActs, Suggested } from './CommentThread.tsx'
import { type CommentsInHand, useComments } from './useComments.ts'

/** The open comments on the article, in the order of the text. Each leads to its words in the form. */
export const OpenComments = () => {
  const { id, lastUpdateTime } = useDocumentInfo()
  const { config } = useConfig()
  const hand = useComments(id === undefined ? undefined : String(id), lastUpdateTime)
  if (!id || !hand.answer) return null
  const open = hand.answer.comments.filter(({ state }) => state === 'open')
  return (
    <div className="field-type signpost-checks">
      <div className="field-label">Comments</div>
      <p role="status">
        {open.length === 0 ? 'None open. ' : open.length === 1 ? 'One open. ' : `${open.length} open. `}
        <a href={`${config.routes.admin}/collections/articles/${id}/comments`}>Read and comment</a>
      </p>
      <ul className="signpost-checks__list">
        {open.map((comment) => (
          <Entry comment={comment} hand={hand} key={comment.id} runs={hand.answer?.runs ?? []} />
        ))}
      </ul>
    </div>
  )
}

/** Characters around the words by which they are found in the form, as for what the checks find. */
const around = 20

const Entry = ({ comment, hand, runs }: { comment: ReadComment; hand: CommentsInHand; runs: ReadRun[] }) => {
  const { docConfig } = useDocumentInfo()
  const isModified = useFormModified()
  const save = useSaveDraft()
  const { by, text, exact, suggestion, place } = comment
  const run = place && runs[place.run]
  const show = () => {
    if (!place || !run) return
    const { start, end } = place
    const [before, after] = [run.text.slice(Math.max(0, start - around), start), run.text.slice(end, end + around)]
    void showPlace(run.pointer, { before, words: run.text.slice(start, end), after }, docConfig?.fields ?? [])
  }
  return (
    <li>
      {run ? (
        <button className="signpost-checks__what" dir="auto" onClick={show} type="button">
          {exact}
        </button>
      ) : (
        exact && (
          <p>
            {hand.answer?.missing ? 'On' : 'Passage no longer there:'} <q dir="auto">{exact}</q>
          </p>
        )
      )}
      {suggestion !== null && <Suggested exact={exact ?? ''} suggestion={suggestion} />}
      <p dir="auto">{text}</p>
      <p>{by}</p>
      <CommentActs
        beforeAccept={async () => !isModified || save()}
        comment={comment}
        hand={hand}
        // The form holds the text as it was.
        onAccepted={() => window.location.reload()}
      />
    </li>
  )
}
