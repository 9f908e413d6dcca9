import { locales } from 'content-schemas'
import type { UIFieldServerProps } from 'payload'
import { localeNames } from '../../fields/identity.ts'
import { StartTranslation } from './StartTranslation.tsx'

/** The same article in the other languages: a way to each, or to start it. */
export const Languages = async ({ data, req }: UIFieldServerProps) => {
  if (!data?.uid || !data.id) return null
  const { docs } = await req.payload.find({
    collection: 'articles',
    where: { uid: { equals: data.uid } },
    draft: true,
    depth: 0,
    pagination: false,
    select: { locale: true, title: true },
    req,
    overrideAccess: false,
  })
  const others = locales.filter((locale) => locale !== data.locale)
  const articles = `${req.payload.config.routes.admin}/collections/articles`
  return (
    <div className="field-type">
      <div className="field-label">In other languages</div>
      <ul className="signpost-list">
        {others.map((locale) => {
          const translation = docs.find((doc) => doc.locale === locale)
          return (
            <li key={locale}>
              {translation ? (
                <a href={`${articles}/${translation.id}`}>
                  {localeNames[locale]}: {translation.title || 'Untitled'}
                </a>
              ) : (
                <StartTranslation articles={articles} id={String(data.id)} locale={locale} name={localeNames[locale]} />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
