import type * as Roles from 'cms/src/access/roles.ts'
import type * as Blocks from 'cms/src/blocks/index.ts'
import type { Block, Field, Payload, SanitizedCollectionConfig, Where } from 'payload'
import { flattenTopLevelFields } from 'payload/shared'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from './installation.ts'

/* What editors read on forms and in lists, as the config says it. */

let cms: Installation
let payload: Payload
let blocks: typeof Blocks
let roles: typeof Roles
beforeAll(async () => {
  cms = await install('2026-06-01T12:00:00.000Z')
  payload = cms.payload
  blocks = await import('cms/src/blocks/index.ts')
  roles = await import('cms/src/access/roles.ts')
  const phones = ['1-555-555-0142', '1-555-555-0143'].map((number) => ({ number, type: 'voice' as const }))
  for (const name of ['Night Line', 'Day Line']) {
    const line = { name, description: 'Somebody answers.', kind: 'helpline' as const, status: 'active' as const }
    await payload.create({
      collection: 'resources',
      data: { ...line, verifyEveryDays: 180, phones: name === 'Night Line' ? phones : [] } as never,
    })
  }
})
afterAll(() => cms?.remove())

/** Those that somebody finds in the menu. */
const collections = (): SanitizedCollectionConfig[] =>
  payload.config.collections.filter(({ slug, admin }) => admin.hidden !== true && !slug.startsWith('payload-'))

type Named = Field & { name: string; label?: unknown; admin?: Record<string, unknown> }
type Shown = { path: string; field: Named }

/** The fields a form shows, with what is inside of groups, rows, tabs, lists and blocks. */
function shownIn(fields: Field[], path: string): Shown[] {
  return fields.flatMap((field): Shown[] => {
    const { admin = {} } = field as Named
    // A field of Payload's own machinery has no form.
    if (field.type === 'ui' || isHidden(admin)) return []
    if (field.type === 'tabs') return field.tabs.flatMap((tab) => shownIn(tab.fields, path))
    const own = 'name' in field && field.name ? `${path}.${field.name}` : path
    const shown = own === path ? [] : [{ path: own, field: field as Named }]
    const inside = 'fields' in field ? shownIn(field.fields, own) : []
    const ofBlocks = field.type === 'blocks' ? field.blocks.flatMap((block) => shownInBlock(block)) : []
    return [...shown, ...inside, ...ofBlocks]
  })
}
const shownInBlock = ({ slug, fields }: Block): Shown[] => shownIn(fields, `block ${slug}`)
const isHidden = ({ hidden, disabled, condition }: Record<string, unknown>): boolean =>
  hidden === true || disabled === true || (typeof condition === 'function' && String(condition) === '() => false')

/** Nobody writes in them: acts do. Their pages are read, and the heads of their columns say it all. */
const written = ({ slug }: { slug: string }): boolean => {
  const { create, update }: { create: readonly string[]; update: readonly string[] } =
    roles.collectionRoles[slug as never]
  return create.length + update.length > 0
}

/** Fields that Payload adds and words itself; it shows most of them nowhere. */
const ofPayload = ({ name }: Named): boolean =>
  /^(_status|enableAPIKey|apiKey|hasAPIKey|email|resetPassword\w+|salt|hash|loginAttempts|lockUntil)$/.test(name)

/** A component of ours in the place of the field says what it is itself. */
const isOwn = ({ admin }: Named): boolean => Boolean((admin?.components as { Field?: unknown } | undefined)?.Field)

describe('a form', () => {
  test('has a label and a word of help at every field', () => {
    const silent = [
      ...collections()
        .filter(written)
        .flatMap(({ slug, fields }) => shownIn(fields, slug)),
      ...payload.config.globals.flatMap(({ slug, fields }) => shownIn(fields, slug)),
      ...[...blocks.documentBlocks, ...blocks.snippetBlocks].flatMap(shownInBlock),
    ].filter(({ field }) => !ofPayload(field) && !isOwn(field) && !(field.label && field.admin?.description))
    expect([...new Set(silent.map(({ path }) => path))]).toEqual([])
  })

  test('of long records has tabs', () => {
    const flat = collections().filter(({ slug, fields }) => {
      const inMain = fields.filter((field) => (field as Named).admin?.position !== 'sidebar')
      return (
        written({ slug }) &&
        shownIn(inMain, slug).filter(({ field }) => !ofPayload(field)).length > 12 &&
        !fields.some(({ type }) => type === 'tabs')
      )
    })
    expect(flat.map(({ slug }) => slug)).toEqual([])
  })
})

describe('a list', () => {
  /** As Payload makes the heads of columns of them. */
  const columnsOf = (collection: SanitizedCollectionConfig) =>
    flattenTopLevelFields(collection.fields, { i18n: i18n as never, moveSubFieldsToTop: true }) as (Named & {
      accessor?: string
      labelWithPrefix?: string
    })[]
  const i18n = { language: 'en', fallbackLanguage: 'en', t: (key: string) => key }

  test('names its columns in plain words', () => {
    const odd = collections().flatMap((collection) =>
      columnsOf(collection)
        .filter(({ admin = {} }) => !isHidden(admin) && !admin.disableListColumn)
        .flatMap((field) => {
          const label = field.labelWithPrefix ?? field.label
          const isPlain =
            typeof label !== 'string' ||
            (/^[A-Z]/.test(label) && !/ > |[a-z][A-Z]|\b([Uu]id|[Ii]d|[Hh]ash)\b/.test(label))
          return isPlain ? [] : [`${collection.slug}: ${label}`]
        }),
    )
    expect(odd).toEqual([])
  })

  test('shows columns that are there, and searches by fields that hold text', () => {
    const odd = collections().flatMap((collection) => {
      const known = new Map(columnsOf(collection).map((field) => [field.accessor ?? field.name, field]))
      const { defaultColumns = [], listSearchableFields = [], useAsTitle } = collection.admin
      const missing = defaultColumns.filter((column) => !known.has(column))
      const searched = listSearchableFields.filter((name) => !name.includes('.') && !known.has(name))
      return [...missing, ...searched, ...(useAsTitle === 'id' ? ['its title is an id'] : [])].map(
        (name) => `${collection.slug}: ${name}`,
      )
    })
    expect(odd).toEqual([])
  })

  test('says states, kinds and languages in words', () => {
    const odd = collections().flatMap((collection) =>
      columnsOf(collection).flatMap((field) => {
        const { options = [], admin = {} } = field as { options?: (string | { label: unknown })[] } & Named
        const isCode = options.some((option) => typeof option === 'string' || !option.label)
        return isCode && !isHidden(admin) ? [`${collection.slug}: ${field.name}`] : []
      }),
    )
    expect(odd).toEqual([])
  })

  test.each([
    ['Night Line', 'the title'],
    ['night-line', 'the short name'],
    ['0142', 'a number'],
    ['555 0142', 'a number with a space'],
  ])('finds a resource by “%s”, %s', async (search) => {
    const { admin } = payload.collections.resources.config
    const where: Where = { or: admin.listSearchableFields!.map((name) => ({ [name]: { like: search } })) }
    const { docs, totalDocs } = await payload.find({ collection: 'resources', where, depth: 0 })
    expect([totalDocs, docs.map(({ slug }) => slug)]).toEqual([1, ['night-line']])
  })
})
