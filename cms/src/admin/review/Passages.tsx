import type { Passage, Run } from 'pipeline/compare/index.ts'
import { touchLabels } from 'pipeline/compare/labels.ts'
import { Fragment } from 'react'

/** Changes one by one, in their order, each with where it stands and what it touches. */
export const Changes = ({ changes }: { changes: Passage[] }) => (
  <ol className="signpost-review__list">
    {changes.map((change, index) => (
      <li
        className="signpost-review__change"
        data-grave={change.touches[0] !== 'rest'}
        // biome-ignore lint/suspicious/noArrayIndexKey: two changes may be alike, and none comes or goes
        key={`${change.pointer} ${index}`}
      >
        <h3>{change.label}</h3>
        <p className="signpost-review__touches">
          {words[change.change ?? 'changed']}: {change.touches.map((touch) => touchLabels[touch]).join(', ')}
        </p>
        <Words passage={change} />
      </li>
    ))}
  </ol>
)

const words = { added: 'Added', removed: 'Taken out', changed: 'Changed', moved: 'Moved' }

/** All of a text in reading order, with its changes marked. `data-pointer` names the passage of the document. */
export const Text = ({ text }: { text: Passage[] }) => (
  <div className="signpost-review__list">
    {text.map((passage, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: two passages may be alike, and none comes or goes
      <Fragment key={`${passage.pointer} ${index}`}>
        {passage.label !== text[index - 1]?.label && <h3>{passage.label}</h3>}
        <div data-pointer={passage.change === 'removed' ? undefined : passage.pointer}>
          <Words passage={passage} />
        </div>
      </Fragment>
    ))}
  </div>
)

const Words = ({ passage: { runs } }: { passage: Passage }) => (
  <p className="signpost-passage" dir="auto">
    {runs.map((run, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other identity, and none comes or goes
      <Marked key={index} run={run} />
    ))}
  </p>
)

/** Where changed words lead is shown with them: it may be all that was changed. */
const Marked = ({ run: { text, is, link } }: { run: Run }) => {
  if (is === 'same') return text
  const shown = link ? `${text} (${link})` : text
  return is === 'added' ? <ins>{shown}</ins> : <del>{shown}</del>
}
