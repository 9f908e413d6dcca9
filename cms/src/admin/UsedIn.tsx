import type { RecordKind } from 'content-schemas'
import type { UIFieldServerProps } from 'payload'
import { localeNames } from '../fields/identity.ts'
import { type Usage, usageOf } from '../publishing/uses.ts'

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
      <p>Drafts are left out.</p>
    </div>
  )
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
        <a href={`${admin}/collections/${collection}/${id}`}>{title || 'Untitled'}</a>,{' '}
        {collection === 'snippets' ? 'a shared passage' : 'a call to action'}
      </li>
    ))}
  </ul>
)
