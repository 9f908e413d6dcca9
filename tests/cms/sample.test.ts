import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type * as Desk from 'cms/src/admin/desk/desk.ts'
import type * as Settings from 'cms/src/environment.ts'
import type * as FirstStart from 'cms/src/processes/first-start.ts'
import type * as Sample from 'cms/src/processes/sample.ts'
import type * as Translations from 'cms/src/review/translations.ts'
import { createLocalReq, handleEndpoints, type TypedUser } from 'payload'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleDir } from '../pipeline/sample-folder.ts'
import { type Installation, install } from './installation.ts'

/*
 * What a new installation holds after its first start, with the part of the sample that its people work at. The tests are
 * the stages of one story and run in order.
 */

/** Documents that are left out, and pictures, which take long. */
const leftOut =
  /(articles|issues)\/(?!.*(first-visit|primera-visita|talking-about|second-letter))|media\/(?!two-chairs|phone-)/

let cms: Installation
let root: string
let desk: typeof Desk
let sample: typeof Sample
beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00.000Z')
  desk = await import('cms/src/admin/desk/desk.ts')
  sample = await import('cms/src/processes/sample.ts')
  const { prepareInstallation }: typeof FirstStart = await import('cms/src/processes/first-start.ts')
  const { environment }: typeof Settings = await import('cms/src/environment.ts')
  root = await mkdtemp(join(tmpdir(), 'signpost-sample-'))
  await cp(sampleDir, join(root, 'cms', 'sample'), {
    recursive: true,
    filter: (path) => !(extname(path) && leftOut.test(path)),
  })
  await prepareInstallation(cms.payload, { ...environment(), root })
}, 240_000)
afterAll(async () => {
  await cms?.remove()
  await rm(root, { recursive: true, force: true })
})

const userOf = async (role: string): Promise<TypedUser> => {
  const { email } = sample.sampleAccounts.find((account) => account.role === role)!
  const { docs } = await cms.payload.find({ collection: 'users', where: { email: { equals: email } }, depth: 0 })
  return { ...docs[0]!, collection: 'users' }
}

test('every article is published, and no other draft', async () => {
  const { docs } = await cms.payload.find({ collection: 'editions', pagination: false, depth: 0 })
  const { docs: rows } = await cms.payload.find({ collection: 'articles', pagination: false, depth: 0 })
  expect(rows).toHaveLength(3)
  const published = docs.filter(({ kind }) => kind === 'article').map(({ uid, locale }) => `${uid}.${locale}`)
  expect(published.sort()).toEqual(rows.map(({ id }) => id).sort())
})

test('each translation is bound to the source it was compared with, and shows both sides', async () => {
  const { sourceStateOf }: typeof Translations = await import('cms/src/review/translations.ts')
  const { articleOf } = await import('cms/src/publishing/document.ts')
  const req = await createLocalReq({}, cms.payload)
  const where = { locale: { not_equals: 'en' } }
  const { docs } = await cms.payload.find({ collection: 'articles', where, pagination: false, depth: 0 })
  const changed: string[] = []
  for (const row of docs) {
    const state = await sourceStateOf(req, articleOf(row as never).document!)
    expect(state, row.id).toMatchObject({ locale: 'en', checkedAgainst: expect.any(String) })
    if (state!.hasChanged) changed.push(`${row.locale} ${row.slug}`)
  }
  expect(changed).toEqual(['es su-primera-visita-a-un-servicio-de-tratamiento'])
  const id = docs.find(({ slug }) => slug === 'su-primera-visita-a-un-servicio-de-tratamiento')!.id
  const answer = await asStaff(`articles/${id}/translation`)
  expect(answer.pairs.filter(({ source, translation }: Record<string, unknown>) => !source || !translation)).toEqual([])
  expect(answer.changed.changes).toHaveLength(1)
})

async function asStaff(path: string) {
  await cms.payload.create({
    collection: 'users',
    data: { name: 'Somebody', email: 'somebody@example.org', password: 'correct horse battery', roles: ['editor'] },
  })
  const data = { email: 'somebody@example.org', password: 'correct horse battery' }
  const { token } = await cms.payload.login({ collection: 'users', data })
  const headers = new Headers({ authorization: `JWT ${token}` })
  const request = new Request(`http://localhost:3000/api/${path}`, { headers })
  return (await handleEndpoints({ config: cms.payload.config as never, request })).json()
}

test('every role of the sample finds something to do', async () => {
  const found: Record<string, string[]> = {}
  for (const { role } of sample.sampleAccounts) {
    const piles = await desk.pilesFor(cms.payload, await userOf(role))
    found[role] = piles.filter(({ count }) => count > 0).map(({ name }) => name)
  }
  expect(found).toEqual({
    editor: ['own', 'feedback'],
    reviewer: ['reviews', 'sign-offs'],
    publisher: ['approved', 'feedback'],
    'newsletter-manager': ['issues'],
  })
})
