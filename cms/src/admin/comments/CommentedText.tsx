'use client'
import { Button } from '@payloadcms/ui'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { ReadComment, ReadRun } from '../../endpoints/readComments.ts'
import { anchorTo } from '../../review/anchors.ts'
import { Labelled } from '../Labelled.tsx'
import { CommentThread } from './CommentThread.tsx'
import type { CommentsInHand } from './useComments.ts'
import { WordsField } from './WordsField.tsx'

/** Words that are about to be commented on: of which run, from and to which of its characters. */
type Chosen = { run: number; start: number; end: number }

const isOpen = ({ state }: ReadComment): boolean => state === 'open'

/**
 * The newest text of an article, to be read and commented on, with what was said beside the words it is about. It stands
 * by itself: give it what `useComments` has in hand.
 */
export const CommentedText = ({ comments: hand }: { comments: CommentsInHand }) => {
  const [chosen, setChosen] = useState<Chosen | 'whole'>()
  const selected = useSelected()
  const { answer, refused } = hand
  if (refused) return <p role="alert">{refused}</p>
  if (!answer) return <p>One moment.</p>
  const { comments, may, missing, runs } = answer
  const at = (run: number) => comments.filter(({ place }) => place?.run === run)
  const loose = comments.filter(({ place }) => !place)
  const close = () => {
    setChosen(undefined)
    document.getElementById(openerOf(typeof chosen === 'object' ? chosen.run : 'whole'))?.focus()
  }
  const choose = (run: number) =>
    setChosen(selected.current?.run === run ? selected.current : { run, start: 0, end: runs[run]!.text.length })
  return (
    <div className="signpost-read">
      {missing !== null && <p role="status">The text cannot be read, or commented on, as it is. {missing}</p>}
      <Summary comments={comments} />
      {may.comment && (
        <Button
          buttonStyle="secondary"
          id={openerOf('whole')}
          margin={false}
          onClick={() => setChosen('whole')}
          size="small"
        >
          Comment on the article as a whole
        </Button>
      )}
      {chosen === 'whole' && <Writing chosen={undefined} hand={hand} onEnd={close} run={undefined} />}
      <Threads comments={loose} hand={hand} />
      {runs.map((run, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run is where it stands
        <div className="signpost-read__run" key={index}>
          <RunText comments={at(index).filter(isOpen)} index={index} run={run} />
          {may.comment && (
            <Button
              aria-label={`Comment on: ${run.text.slice(0, 60)}`}
              buttonStyle="none"
              className="signpost-link"
              id={openerOf(index)}
              extraButtonProps={{ onMouseDown: keepSelection }}
              onClick={() => choose(index)}
            >
              Comment
            </Button>
          )}
          {typeof chosen === 'object' && chosen.run === index && (
            <Writing chosen={chosen} hand={hand} key={`${chosen.start} ${chosen.end}`} onEnd={close} run={run} />
          )}
          <Threads comments={at(index)} hand={hand} />
        </div>
      ))}
    </div>
  )
}

/** The button that a form for a comment was opened with. */
const openerOf = (run: number | 'whole'): string => `comment-on-${run}`

const keepSelection = (event: { preventDefault(): void }) => event.preventDefault()

/** The last words that were selected in a run, with the mouse or a finger. */
function useSelected() {
  const selected = useRef<Chosen>(undefined)
  useEffect(() => {
    const look = () => {
      const selection = document.getSelection()
      if (!selection || selection.isCollapsed) return
      selected.current = chosenIn(selection.getRangeAt(0))
    }
    document.addEventListener('selectionchange', look)
    return () => document.removeEventListener('selectionchange', look)
  }, [])
  return selected
}

/** What of a run a range is; undefined unless it lies in one. */
function chosenIn(range: Range): Chosen | undefined {
  const holderOf = (node: Node) =>
    (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('[data-run]')
  const holder = holderOf(range.startContainer)
  if (!holder || holder !== holderOf(range.endContainer)) return undefined
  const before = range.cloneRange()
  before.selectNodeContents(holder)
  before.setEnd(range.startContainer, range.startOffset)
  // A double click takes the space behind a word along.
  const words = range.toString()
  const start = before.toString().length + (words.length - words.trimStart().length)
  if (!words.trim()) return undefined
  return { run: Number(holder.dataset.run), start, end: start + words.trim().length }
}

/** How much is open, and where. */
const Summary = ({ comments }: { comments: ReadComment[] }) => {
  const open = comments.filter(isOpen)
  if (open.length === 0) return <p role="status">No open comments.</p>
  return (
    <div>
      <p role="status">{open.length === 1 ? 'One open comment:' : `${open.length} open comments:`}</p>
      <ol className="signpost-list">
        {open.map(({ id, by, exact, text }) => (
          <li key={id}>
            <a href={`#comment-${id}`}>
              {by}
              {exact && (
                <>
                  {' on '}
                  <q dir="auto">{shortened(exact)}</q>
                </>
              )}
            </a>
            {': '}
            <span dir="auto">{shortened(text)}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text)

/** The text of a run, with the words marked that open comments are about. */
const RunText = ({ comments, index, run }: { comments: ReadComment[]; index: number; run: ReadRun }) => {
  const Tag = run.kind === 'title' ? 'h3' : run.kind === 'quotation' ? 'blockquote' : 'p'
  return (
    <div>
      {run.label && <span className="signpost-comment__who">{run.label}: </span>}
      <Tag data-run={index} dir="auto">
        {marked(run.text, comments)}
      </Tag>
    </div>
  )
}

function marked(text: string, comments: ReadComment[]): ReactNode[] {
  const parts: ReactNode[] = []
  let at = 0
  for (const { place } of comments) {
    const { start, end } = place!
    if (end <= at) continue
    const from = Math.max(at, start)
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, end)}</mark>)
    at = end
  }
  return [...parts, text.slice(at)]
}

const Threads = ({ comments, hand }: { comments: ReadComment[]; hand: CommentsInHand }) => {
  const [open, closed] = [comments.filter(isOpen), comments.filter((one) => !isOpen(one))]
  return (
    <>
      {open.map((comment) => (
        <CommentThread comment={comment} hand={hand} key={comment.id} />
      ))}
      {closed.length > 0 && (
        <details className="signpost-read__closed">
          <summary>{closed.length === 1 ? 'One closed comment' : `${closed.length} closed comments`}</summary>
          {closed.map((comment) => (
            <CommentThread comment={comment} hand={hand} key={comment.id} />
          ))}
        </details>
      )}
    </>
  )
}

type WritingProps = { chosen: Chosen | undefined; hand: CommentsInHand; onEnd(): void; run: ReadRun | undefined }

/** What is said, and about which words: these are chosen in a field, so it takes no mouse. */
const Writing = ({ chosen, hand, onEnd, run }: WritingProps) => {
  const [span, setSpan] = useState(chosen ?? { start: 0, end: 0 })
  const [text, setText] = useState('')
  const [suggestion, setSuggestion] = useState<string>()
  const words = run?.text.slice(span.start, span.end) ?? ''
  const send = async () => {
    const about = run ? { anchor: anchorTo(run, span), suggestion } : {}
    if (await hand.act('comment', { text: text.trim() || 'See the suggestion.', ...about })) onEnd()
  }
  const isReady = suggestion === undefined ? text.trim() !== '' : suggestion !== words
  return (
    <div className="signpost-read__writing">
      {run && <Narrowing onChoose={setSpan} run={run} />}
      {run && (
        <p>
          On <q dir="auto">{words}</q>
        </p>
      )}
      {suggestion !== undefined && (
        <WordsField
          isWanted
          label="Words to stand there instead; none, to take these out"
          onChange={(words) => setSuggestion(words.replaceAll('\n', ' '))}
          value={suggestion}
        />
      )}
      <WordsField
        isWanted
        label={suggestion === undefined ? 'Comment' : 'Why (optional)'}
        onChange={setText}
        value={text}
      />
      <div className="signpost-state__acts">
        <Button disabled={!isReady || hand.isActing} margin={false} onClick={send} size="small">
          {suggestion === undefined ? 'Comment' : 'Suggest'}
        </Button>
        {run && !run.isShared && suggestion === undefined && (
          <Button buttonStyle="secondary" margin={false} onClick={() => setSuggestion(words)} size="small">
            Suggest other words
          </Button>
        )}
        <Button buttonStyle="secondary" margin={false} onClick={onEnd} size="small">
          Cancel
        </Button>
      </div>
    </div>
  )
}

/**
 * The run as a field: whatever is selected in it is what the comment is about. What is typed is dropped; a field that is
 * read only would take no keys to select with.
 */
const Narrowing = ({ onChoose, run }: { onChoose(span: { start: number; end: number }): void; run: ReadRun }) => (
  <details>
    <summary>Choose fewer words</summary>
    <Labelled label="Select them here">
      {(id) => (
        <textarea
          className="signpost-input"
          dir="auto"
          id={id}
          inputMode="none"
          onChange={() => undefined}
          onSelect={({ currentTarget: { selectionStart: start, selectionEnd: end } }) => {
            if (start < end) onChoose({ start, end })
          }}
          rows={3}
          value={run.text}
        />
      )}
    </Labelled>
  </details>
)
