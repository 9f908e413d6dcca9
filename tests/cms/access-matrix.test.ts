import { readFileSync } from 'node:fs'
import { type Operation, type Role, roles } from 'cms/src/access/roles.ts'
import { type CollectionSlug, handleEndpoints, type Payload, type SanitizedConfig, type TypedUser } from 'payload'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from './installation.ts'
import { fileFor, rowFor } from './rows.ts'

/*
 * Role × collection × operation × door, against the golden copy of the table and not the table itself. A collection or
 * global that nobody decided about fails.
 */

type Table = Record<string, Record<Operation, Role[]>>
const golden: { collections: Table; globals: Table } = JSON.parse(
  readFileSync(new URL('access-roles.golden.json', import.meta.url), 'utf8'),
)
const operations = ['read', 'create', 'update', 'delete'] as const
// Payload's own: preferences and locks belong to the user who has them, migrations to nobody.
const ofPayload = ['payload-kv', 'payload-preferences', 'payload-locked-documents', 'payload-migrations']
const someone = [...roles, 'nobody'] as const
type Someone = (typeof someone)[number]

let installation: Installation
let payload: Payload
let config: SanitizedConfig
const users = new Map<Someone, { user: TypedUser | null; token: string }>()
const related: Record<string, string> = {}

beforeAll(async () => {
  installation = await install('2026-06-01T12:00:00.000Z')
  payload = installation.payload
  config = payload.config
  users.set('nobody', { user: null, token: '' })
  for (const role of roles) {
    const data = { ...(await rowFor('users')), roles: [role] } as unknown as { email: string; password: string }
    const user = await payload.create({ collection: 'users', data: data as never })
    const { token } = await payload.login({ collection: 'users', data })
    users.set(role, { user: { ...user, collection: 'users' } as TypedUser, token: token! })
  }
  related.newsletters = await made('newsletters')
})
afterAll(() => installation?.remove())

const made = async (collection: string): Promise<string> =>
  String(
    (
      await payload.create({
        collection: collection as CollectionSlug,
        data: (await rowFor(collection, related)) as never,
        file: await fileFor(collection),
      })
    ).id,
  )

type Door = (who: Someone, collection: CollectionSlug, operation: Operation) => Promise<boolean>

/** A change that any row takes. */
const changeOf = async (collection: string) => {
  const { password: _, id: __, ...row } = (await rowFor(collection, related)) as Record<string, unknown>
  return row
}

const localApi: Door = async (who, collection, operation) => {
  const access = { overrideAccess: false, user: users.get(who)!.user } as const
  try {
    if (operation === 'create') {
      const data = (await rowFor(collection, related)) as never
      await payload.create({ collection, data, file: await fileFor(collection), ...access })
      return true
    }
    const id = await made(collection)
    if (operation === 'read') await payload.findByID({ collection, id, ...access })
    if (operation === 'update')
      await payload.update({ collection, id, data: (await changeOf(collection)) as never, ...access })
    if (operation === 'delete') await payload.delete({ collection, id, ...access })
    return true
  } catch (error) {
    if ([401, 403, 404].includes((error as { status?: number }).status ?? 0)) return false
    throw error
  }
}

const methods = { read: 'GET', create: 'POST', update: 'PATCH', delete: 'DELETE' } as const
const rest: Door = async (who, collection, operation) => {
  const path = operation === 'create' ? '' : `/${await made(collection)}`
  const data = operation === 'create' ? await rowFor(collection, related) : await changeOf(collection)
  const body = operation === 'create' || operation === 'update' ? await bodyOf(collection, operation, data) : undefined
  const headers = new Headers({ ...(who !== 'nobody' && { Authorization: `JWT ${users.get(who)!.token}` }) })
  if (typeof body === 'string') headers.set('Content-Type', 'application/json')
  const request = new Request(`http://localhost:3000/api/${collection}${path}`, {
    method: methods[operation],
    headers,
    ...(body !== undefined && { body }),
  })
  const { status } = await handleEndpoints({ config, request })
  if ([401, 403, 404].includes(status)) return false
  if (status < 300) return true
  throw new Error(`${methods[operation]} ${request.url} answered ${status}.`)
}

async function bodyOf(collection: string, operation: Operation, data: object): Promise<string | FormData> {
  const file = operation === 'create' ? await fileFor(collection) : undefined
  if (!file) return JSON.stringify(data)
  const form = new FormData()
  form.set('_payload', JSON.stringify(data))
  form.set('file', new File([new Uint8Array(file.data)], file.name, { type: file.mimetype }))
  return form
}

test('every collection and global was decided about', () => {
  const slugs = config.collections.map(({ slug }) => slug).filter((slug) => !ofPayload.includes(slug))
  expect(slugs.sort()).toEqual(Object.keys(golden.collections).sort())
  expect(config.globals.map(({ slug }) => slug).sort()).toEqual(Object.keys(golden.globals).sort())
})

describe.each([
  ['Local API', localApi],
  ['REST', rest],
] as const)('%s', (_, door) => {
  describe.each(Object.keys(golden.collections))('%s', (collection) => {
    test.each(operations)('%s', async (operation) => {
      const allowed: Someone[] = []
      for (const who of someone) if (await door(who, collection as CollectionSlug, operation)) allowed.push(who)
      expect(allowed).toEqual(someone.filter((who) => golden.collections[collection]![operation].includes(who as Role)))
    })
  })
})

test.each(Object.keys(golden.globals))('global %s', async (slug) => {
  for (const who of someone) {
    const access = { slug: slug as 'site', overrideAccess: false, user: users.get(who)!.user } as const
    const may = async (run: () => Promise<unknown>) =>
      run().then(
        () => true,
        (error) => {
          if (error.status === 403) return false
          throw error
        },
      )
    const row = golden.globals[slug]!
    const can = (operation: Operation) => row[operation].includes(who as Role)
    expect(await may(() => payload.findGlobal(access)), `${who} reads`).toBe(can('read'))
    expect(await may(() => payload.updateGlobal({ ...access, data: {} })), `${who} updates`).toBe(can('update'))
  }
})

test('an account is its own: everyone reads and renames it, nobody raises it', async () => {
  const { user } = users.get('editor')!
  const access = { collection: 'users', id: user!.id, overrideAccess: false, user } as const
  expect((await payload.findByID(access)).id).toBe(user!.id)
  const renamed = await payload.update({ ...access, data: { name: 'Renamed', roles: ['admin'] } })
  expect(renamed).toMatchObject({ name: 'Renamed', roles: ['editor'] })
})

test('to save is not to publish: the status is reserved to publishers', async () => {
  for (const who of ['editor', 'admin', 'reviewer', 'newsletter-manager'] as const) {
    const id = await made('articles')
    const publishing = payload.update({
      collection: 'articles',
      id,
      data: { _status: 'published' },
      overrideAccess: false,
      user: users.get(who)!.user,
    })
    await expect(publishing, who).rejects.toMatchObject({ status: 403 })
  }
  const refused = payload.update({
    collection: 'articles',
    id: await made('articles'),
    data: { _status: 'published' },
    overrideAccess: false,
    user: users.get('publisher')!.user,
  })
  // A publisher gets as far as the gate, which wants more than a title.
  await expect(refused).rejects.toMatchObject({ status: 422 })
})

test.each(['one by one', 'in bulk'])(
  'to save is not to withdraw: taking back what is published is reserved to publishers, %s',
  async (how) => {
    const row = await rowFor('editions')
    const { id } = await payload.create({
      collection: 'articles',
      draft: true,
      data: { uid: row.uid, title: 'Published' } as never,
    })
    await payload.create({ collection: 'editions', data: row as never })
    await payload.db.updateOne({ collection: 'articles', id, data: { _status: 'published' } })
    const asEditor = { collection: 'articles', data: { _status: 'draft' }, overrideAccess: false } as const
    const { user } = users.get('editor')!
    if (how === 'in bulk') {
      const other = await made('articles')
      const where = { id: { in: [id, other] } }
      const before = await payload.countVersions({ collection: 'articles', where: { parent: { in: [id, other] } } })
      const { docs, errors } = await payload.update({ ...asEditor, where, user })
      expect(docs).toEqual([])
      expect(errors).toContainEqual(
        expect.objectContaining({ id, message: expect.stringContaining('“withdraw” is for publisher') }),
      )
      expect(errors).toContainEqual(
        expect.objectContaining({ id: other, message: expect.stringContaining('another Article in the selection') }),
      )
      expect(await payload.countVersions({ collection: 'articles', where: { parent: { in: [id, other] } } })).toEqual(
        before,
      )
    } else await expect(payload.update({ ...asEditor, id, user })).rejects.toMatchObject({ status: 403 })
    const stored = await payload.db.findOne<{ id: string; _status: string }>({
      collection: 'articles',
      where: { id: { equals: id } },
    })
    expect(stored?._status).toBe('published')
  },
)
