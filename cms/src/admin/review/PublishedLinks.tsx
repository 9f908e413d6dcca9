import type { Locale } from 'content-schemas'
import type { UIFieldServerProps } from 'payload'
import { handoutFormats, paths } from 'pipeline/channels/addresses.ts'
import { environment } from '../../environment.ts'

/** Where readers find the article, in each of its forms; nothing while it is not published. */
export const PublishedLinks = async ({ data, req }: UIFieldServerProps) => {
  if (!data?.uid || !data.locale) return null
  const { docs } = await req.payload.find({
    collection: 'editions',
    where: { and: [{ uid: { equals: data.uid } }, { locale: { equals: data.locale } }] },
    sort: '-number',
    limit: 1,
    depth: 0,
    select: { number: true, act: true, slug: true, at: true },
    req,
  })
  const [live] = docs
  if (!live) return <Note>Not published yet.</Note>
  if (!['publish', 'correct', 'record'].includes(live.act))
    return <Note>No longer published. Readers see a notice.</Note>
  return (
    <div className="field-type">
      <div className="field-label">As readers see it: edition {live.number}</div>
      <ul className="signpost-list">
        {linksOf(data.locale, live.slug).map(({ label, path }) => (
          <li key={path}>
            <a href={`${environment().siteUrl}${path}`} rel="noreferrer" target="_blank">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

const Note = ({ children }: { children: string }) => (
  <div className="field-type">
    <div className="field-label">As readers see it</div>
    {children}
  </div>
)

const linksOf = (locale: Locale, slug: string): { label: string; path: string }[] => [
  { label: 'Web page', path: paths.page(locale, slug) },
  ...handoutFormats.map((format) => ({
    label: `Handout (PDF, ${format.replace('.', ', ').replace(/^a4/, 'A4')})`,
    path: paths.handout(locale, slug, format),
  })),
  { label: 'E-mail', path: paths.email(locale, slug, 'html') },
  { label: 'Web JSON', path: paths.article(locale, slug, 'json') },
]
