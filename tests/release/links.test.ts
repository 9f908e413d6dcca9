import { ArticleJson } from 'content-schemas'
import { paths } from 'pipeline/channels/addresses.ts'
import { channels } from 'pipeline/channels/index.ts'
import { createFront, type Front } from 'pipeline/serve/index.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { article, uid } from '../pipeline/documents.ts'
import { Publication, workspace } from './publication.ts'

const publication = new Publication()
const document = article({ uid: uid(101), slug: 'first', title: 'First' })
let place: Awaited<ReturnType<typeof workspace>>
let front: Front
let site: string
beforeAll(async () => {
  publication.publish(document)
  place = await workspace(publication, { channels, typeset: async () => new TextEncoder().encode('%PDF') })
  await place.reconcile()
  front = createFront({ store: place.store, interval: 10 })
  site = `http://127.0.0.1:${await front.listen(0)}`
})
afterAll(async () => {
  await front.close()
  await place.remove()
})

const linksOf = async (path: string) => (await fetch(site + path)).headers.get('link')
const json = async () => ArticleJson.parse(await place.json(paths.article('en', 'first', 'json')))

test('every form of an article names its page, its other forms, its edition and its licence', async () => {
  const { links, licence } = await json()
  const page = await linksOf(paths.page('en', 'first'))
  expect(page).toContain(`<${links.web}>; rel="canonical"; type="text/html"`)
  expect(page).toContain(`<${links.json}>; rel="alternate"; type="application/json"`)
  expect(page).toContain(`<${links.handouts[0]!.url}>; rel="alternate"; type="application/pdf"`)
  expect(page).toContain(`<${links.edition}>; rel="memento"`)
  expect(page).toContain(`<${licence.url}>; rel="license"`)
  for (const extension of ['json', 'md', 'txt'] as const)
    expect(await linksOf(paths.article('en', 'first', extension))).toBe(page)
  expect(await linksOf(paths.home('en'))).toBeNull()
})

test('a new edition shows at once, also where the file itself stays the same', async () => {
  await linksOf(paths.article('en', 'first', 'txt'))
  publication.publish(document)
  const { release } = await place.reconcile()
  while (front.release() < release) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(await linksOf(paths.article('en', 'first', 'txt'))).toContain(
    `<${(await json()).links.edition}>; rel="memento"`,
  )
})

test('an article that ended has none', async () => {
  publication.end(document.uid, 'en', 'gone')
  const { release } = await place.reconcile()
  while (front.release() < release) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(await linksOf(paths.article('en', 'first', 'json'))).toBeNull()
})
