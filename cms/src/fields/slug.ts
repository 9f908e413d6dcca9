import { Slug } from 'content-schemas'
import { type CollectionBeforeValidateHook, type TextField, ValidationError, type Where } from 'payload'
import { slugFrom } from 'pipeline/body/document.ts'

const isSlug = (value: unknown) =>
  Slug.safeParse(value).success || 'Only lower-case letters, digits and single hyphens, such as getting-help.'

/** The readable part of an address, in the sidebar. `fillSlug` or `followTitle` fills it. */
export const slug = (
  field: Partial<Pick<TextField, 'index' | 'unique'>> & { label?: string; description: string },
): TextField => ({
  name: 'slug',
  type: 'text',
  label: field.label ?? 'Short name',
  index: field.index,
  unique: field.unique,
  maxLength: 96,
  hooks: { beforeDuplicate: [() => null] },
  // Empty is filled before it is saved.
  validate: (value: unknown) => !value || isSlug(value),
  admin: { position: 'sidebar', description: field.description },
})

/** Fill the slug of a record from its name when it is made; it stays as it is afterwards, since files name it. */
export const fillSlug =
  (from: string): CollectionBeforeValidateHook =>
  async ({ data, originalDoc, collection, req, operation }) => {
    if (!data || (operation === 'update' && !('slug' in data))) return data
    if (data.slug) return data
    const wanted =
      originalDoc?.slug ||
      slugFrom(String(data[from] ?? '').replace(/\.(jpe?g|png|webp|avif)$/i, '')) ||
      `${collection.slug}-${String(data.id).slice(0, 8)}`
    data.slug = await freeSlug(wanted, async (slug) => {
      const { totalDocs } = await req.payload.count({
        collection: collection.slug,
        where: { and: [{ slug: { equals: slug } }, { id: { not_equals: originalDoc?.id ?? data.id } }] },
        req,
      })
      return totalDocs > 0
    })
    return data
  }

/**
 * The slug of a document follows its title until somebody writes another one, or an edition was published: from then
 * on the address stays. Two documents of one language never share a slug.
 */
export const followTitle =
  (from: string): CollectionBeforeValidateHook =>
  async ({ data, originalDoc, collection, req }) => {
    if (!data) return data
    const document = { ...originalDoc, ...data }
    const isTaken = (slug: string) => slugTaken(slug, document, collection.slug as 'articles' | 'issues', req)
    if (data.slug && data.slug !== originalDoc?.slug && (await isFixed(originalDoc, collection.slug, req))) {
      if (!req.context.isRestoring && !req.context.keepsAddress) throw fixedAddress(collection.slug, req)
      data.slug = originalDoc.slug
      return data
    }
    if (data.slug && data.slug !== originalDoc?.slug) {
      if (isSlug(data.slug) === true && (await isTaken(data.slug)))
        throw new ValidationError({
          collection: collection.slug,
          errors: [{ path: 'slug', message: 'Another one in this language has this address. Choose a different one.' }],
          req,
        })
      return data
    }
    const untitled = `untitled-${String(document.uid).slice(0, 8)}`
    const derived = (title: unknown) => slugFrom(String(title ?? '')) || untitled
    const isFollowing =
      !originalDoc?.slug || withoutCount(originalDoc.slug) === withoutCount(derived(originalDoc[from]))
    const isSame = originalDoc?.slug && derived(originalDoc[from]) === derived(document[from])
    if (!isFollowing || isSame || (await wasPublished(document, req))) {
      data.slug = originalDoc?.slug
      return data
    }
    data.slug = await freeSlug(derived(document[from]), isTaken)
    return data
  }

/** The address of a published article is changed by an act, which leaves a way from the former one; see `move.ts`. */
const isFixed = async (document: { uid?: string; locale?: string } | undefined, collection: string, req: Request) =>
  collection === 'articles' && document?.uid !== undefined && (await wasPublished(document, req))

const fixedAddress = (collection: string, req: Request) =>
  new ValidationError({
    collection,
    errors: [
      { path: 'slug', message: 'It was published at its address. A publisher can move it: see “Move” at its state.' },
    ],
    req,
  })

type Request = Parameters<CollectionBeforeValidateHook>[0]['req']

const withoutCount = (slug: string): string => slug.replace(/-\d+$/, '')

async function freeSlug(wanted: string, isTaken: (slug: string) => Promise<boolean>): Promise<string> {
  for (let count = 1; ; count++) {
    const slug = count === 1 ? wanted : `${wanted.slice(0, 90)}-${count}`
    if (!(await isTaken(slug))) return slug
  }
}

// Drafts hold their slug in their newest version alone, what is published in its row: both count.
/** Whether another document of the language has a slug. */
export async function slugTaken(
  slug: string,
  document: { id?: string; locale?: string },
  collection: 'articles' | 'issues',
  req: Request,
): Promise<boolean> {
  const where: Where = {
    and: [{ slug: { equals: slug } }, { locale: { equals: document.locale } }, { id: { not_equals: document.id } }],
  }
  for (const draft of [true, false]) {
    const { docs } = await req.payload.find({
      collection,
      where,
      draft,
      limit: 1,
      depth: 0,
      pagination: false,
      select: {},
      req,
    })
    if (docs.length > 0) return true
  }
  return false
}

async function wasPublished(document: { uid?: string; locale?: string }, req: Request): Promise<boolean> {
  const { totalDocs } = await req.payload.count({
    collection: 'editions',
    where: { and: [{ uid: { equals: document.uid } }, { locale: { equals: document.locale } }] },
    req,
  })
  return totalDocs > 0
}
