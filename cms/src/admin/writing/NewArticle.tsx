import { locales } from 'content-schemas'
import type { ServerProps } from 'payload'
import { Fragment } from 'react'
import { type Actor, collectionRoles, hasRole } from '../../access/roles.ts'
import { localeNames } from '../../fields/identity.ts'
import { templatesIn } from '../../writing/templates.ts'
import { ImportFiles } from './ImportFiles.tsx'
import { ReplaceWords } from './ReplaceWords.tsx'
import { StartFromTemplate } from './StartFromTemplate.tsx'

/** Doors to a new article, blank or from a template, in each language: that of an article cannot be changed later. */
export const NewArticle = async ({ payload, user }: ServerProps) => {
  if (!hasRole(user as Actor, collectionRoles.articles.create)) return null
  const articles = `${payload.config.routes.admin}/collections/articles`
  const doors = await Promise.all(locales.map(async (locale) => ({ locale, templates: await templatesIn(locale) })))
  return (
    <>
      <ul className="signpost-new">
        {doors.map(({ locale, templates }) => (
          <li key={locale}>
            New in {localeNames[locale]}: <a href={`${articles}/create?locale=${locale}`}>Blank</a>
            {templates.map((template) => (
              <Fragment key={template.name}>
                {' · '}
                <StartFromTemplate locale={locale} template={template} />
              </Fragment>
            ))}
          </li>
        ))}
      </ul>
      <ImportFiles names={localeNames} />
      <ReplaceWords names={localeNames} />
    </>
  )
}
