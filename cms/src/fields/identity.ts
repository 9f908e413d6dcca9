import { randomUUID } from 'node:crypto'
import { type Locale, locales, Uid } from 'content-schemas'
import { type CollectionBeforeValidateHook, type Field, type TextField, ValidationError } from 'payload'

/*
 * No row has an identity of the database's making: a record is its uid, a document its uid and language.
 * So content moves between databases, and out and in again, without a reference being rewritten.
 */

export const localeNames: Record<Locale, string> = { en: 'English', es: 'Español', ar: 'العربية' }

/** The languages there are, to choose from. */
export const languageOptions = locales.map((value) => ({ value, label: localeNames[value] }))

/** The uid of a record, made when it is created unless an import brings it along. */
export const recordId: TextField = {
  name: 'id',
  type: 'text',
  required: true,
  defaultValue: () => randomUUID(),
  validate: (value: unknown) => Uid.safeParse(value).success || 'An id is a UUID.',
  admin: { hidden: true },
}

/** Identity of a document that has one row a language: `id` is `<uid>.<locale>`. Used with `nameByLanguage`. */
export const documentIdentity: Field[] = [
  { name: 'id', type: 'text', required: true, admin: { hidden: true } },
  {
    name: 'uid',
    type: 'text',
    index: true,
    required: true,
    defaultValue: () => randomUUID(),
    hooks: { beforeDuplicate: [() => randomUUID()] },
    validate: (value: unknown) => Uid.safeParse(value).success || 'A uid is a UUID.',
    access: { update: () => false },
    admin: { hidden: true },
  },
  {
    name: 'locale',
    type: 'select',
    label: 'Language',
    index: true,
    required: true,
    defaultValue: ({ locale }: { locale?: string }) => (isLocale(locale) ? locale : 'en'),
    options: languageOptions,
    access: { update: () => false },
    admin: {
      position: 'sidebar',
      description: 'Fixed once the document is made: each language has a document of its own.',
    },
  },
]

const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale)

/** The id of the row that holds a document in a language. */
export const rowId = (uid: string, locale: Locale): string => `${uid}.${locale}`

/** Give a new document its id from uid and language, and refuse a second one in the same language. */
export const nameByLanguage: CollectionBeforeValidateHook = async ({
  data,
  operation,
  originalDoc,
  collection,
  req,
}) => {
  if (!data) return data
  if (operation === 'update') return { ...data, id: originalDoc.id, uid: originalDoc.uid, locale: originalDoc.locale }
  data.id = rowId(data.uid, data.locale)
  const { totalDocs } = await req.payload.count({
    collection: collection.slug,
    where: { id: { equals: data.id } },
    req,
  })
  if (totalDocs > 0)
    throw new ValidationError({
      collection: collection.slug,
      errors: [
        { path: 'locale', message: `This already exists in ${localeNames[data.locale as Locale]}. Open that one.` },
      ],
      req,
    })
  return data
}
