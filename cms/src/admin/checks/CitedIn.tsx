import type { UIFieldServerProps } from 'payload'
import { localeNames } from '../../fields/identity.ts'
import { type Citing, citing } from '../../publishing/citing.ts'

/** The articles that cite the retired source, published or drafts. */
export const CitedIn = async ({ data, req }: UIFieldServerProps) => {
  const url = String(data?.url ?? '')
  if (!url) return null
  const found = await citing(req, url)
  const articles = `${req.payload.config.routes.admin}/collections/articles`
  return (
    <div className="field-type">
      <div className="field-label">Cited in</div>
      {found.length === 0 ? <p>No article cites it.</p> : null}
      <ul className="signpost-list">
        {found.map((article) => (
          <li key={article.id}>
            <a href={`${articles}/${article.id}`}>{article.title || 'Untitled'}</a> ({localeNames[article.locale]}),{' '}
            {standing(article)}
          </li>
        ))}
      </ul>
    </div>
  )
}

const standing = ({ isPublished, isInDraft }: Citing): string => {
  if (!isPublished) return 'a draft'
  return isInDraft ? 'published' : 'published; the draft does not cite it any more'
}
