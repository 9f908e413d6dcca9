import { locales } from 'content-schemas'
import type { ServerProps } from 'payload'
import { localeNames } from '../../fields/identity.ts'

/** Doors to a new document in each language: the language of a document cannot be changed later. */
export const NewInLanguage = ({ payload, collectionSlug }: ServerProps & { collectionSlug: string }) => (
  <p>
    New in{' '}
    {locales.map((locale, index) => (
      <span key={locale}>
        {index > 0 && ' · '}
        <a href={`${payload.config.routes.admin}/collections/${collectionSlug}/create?locale=${locale}`}>
          {localeNames[locale]}
        </a>
      </span>
    ))}
  </p>
)
