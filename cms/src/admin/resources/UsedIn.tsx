import type { RecordKind } from 'content-schemas'
import type { UIFieldServerProps } from 'payload'
import { localeNames } from '../../fields/identity.ts'
import { type Usage, usageOf } from '../../publishing/uses.ts'
import { ChangedReach } from './ChangedReach.tsx'
import { Propagating } from './Propagating.tsx'

/** How many documents are named; a form is no list. */
const most = 25

/** Where the record is used: what is published and shows it, by whatever way, and what names it in the library. */
export const UsedIn = async ({ collectionSlug, id, req }: UIFieldServerProps) => {
  if (!id) return null
  const usage = await usageOf(req, collectionSlug as RecordKind, String(id), most)
  const places = usage.count + usage.records.length
  return (
    <div className="field-type">
      <div className="field-label">Used in</div>
      {places === 0 ? (
        <p>Nothing that is published.</p>
      ) : (
        <Places usage={usage} admin={req.payload.config.routes.admin} />
      )}
      <p>Drafts are left out.{places > 0 && advice[collectionSlug as RecordKind]}</p>
      {collectionSlug === 'resources' && usage.count > 0 && <ChangedReach shownIn={inNumbers(usage)} />}
      <Propagating />
    </div>
  )
}

const advice: { [K in RecordKind]?: string } = {
  resources:
    ' What you change is changed in all of them. To close it, choose what is shown in its place; it cannot be deleted while they name it.',
}

/** How many documents that is; of more than are named, nobody counted which are issues. */
function inNumbers({ count, documents }: Usage): string {
  if (count > documents.length) return `${count} articles and issues`
  const issues = documents.filter(({ collection }) => collection === 'issues').length
  const counted = [inWords(count - issues, 'article'), inWords(issues, 'issue')]
  return counted.filter((part) => part !== '').join(' and ')
}
const inWords = (count: number, word: string): string =>
  count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`

const what: Record<Usage['records'][number]['collection'], string> = {
  snippets: 'a shared passage',
  'calls-to-action': 'a call to action',
  resources: 'a closed resource it stands in for',
}

const Places = ({ usage: { count, documents, records }, admin }: { usage: Usage; admin: string }) => (
  <ul className="signpost-list">
    {documents.map(({ collection, id, title, locale }) => (
      <li key={id}>
        <a href={`${admin}/collections/${collection}/${id}`}>{title || 'Untitled'}</a>
        {collection === 'issues' ? ', an issue' : ''} ({localeNames[locale]})
      </li>
    ))}
    {count > documents.length && <li>and {count - documents.length} more</li>}
    {records.map(({ collection, id, title }) => (
      <li key={id}>
        <a href={`${admin}/collections/${collection}/${id}`}>{title || 'Untitled'}</a>, {what[collection]}
      </li>
    ))}
  </ul>
)
