import { Changes } from 'content-schemas'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { paths } from 'pipeline/channels/addresses.ts'
import { channels } from 'pipeline/channels/index.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import { createFront, type Front } from 'pipeline/serve/index.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { article, site, uid } from '../pipeline/documents.ts'
import { Publication, workspace } from './publication.ts'

/*
 * The recipe of the page for developers, as somebody copies it, against a server, over renames and withdrawals.
 */

const publication = new Publication()
const publish = (number: number, slug: string, title: string) =>
  publication.publish(article({ uid: uid(300 + number), slug, title }))
let place: Awaited<ReturnType<typeof workspace>>
let front: Front
let origin: string

beforeAll(async () => {
  for (const number of [1, 2, 3]) publish(number, `a-${number}`, `Title ${number}`)
  place = await workspace(publication, { channels })
  await place.reconcile()
  front = createFront({ store: place.store })
  origin = `http://127.0.0.1:${await front.listen(0)}`
})
afterAll(async () => {
  await front.close()
  await place.remove()
})

type Node = DefaultTreeAdapterTypes.Node
const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
const codeIn = (node: Node): string[] => {
  if ('tagName' in node && node.tagName === 'code') return [textOf(node)]
  return 'childNodes' in node ? node.childNodes.flatMap(codeIn) : []
}

const releaseServed = async (): Promise<number> => (await (await fetch(origin + paths.index)).json()).release

/** Makes the release, and waits until it is served. */
async function released(): Promise<void> {
  await place.reconcile()
  const { release } = (await place.store.readIndex())!
  await expect.poll(releaseServed, { timeout: 10_000 }).toBe(release)
}

/** Runs the recipe for a copy of a release, and brings the copy to what it logs. */
async function follow(copy: Map<string, string>, release: number): Promise<void> {
  const page = parse(await (await fetch(origin + paths.developers)).text())
  const recipe = codeIn(page).find((code) => code.includes('const mine = 0'))!
  const log = (act: string, path: string, value: unknown) =>
    act === 'remove' ? copy.delete(path) : copy.set(path, `${act} ${value}`)
  const ours = (url: string) => fetch(url.replace(site.url, origin), { redirect: 'error' })
  const body = `return (async () => {\n${recipe.replace('const mine = 0', `const mine = ${release}`)}\n})()`
  await new Function('fetch', 'console', body)(ours, { log })
}

/** What the manifest says is there. Change files are left out: none can name itself. */
async function present(): Promise<Record<string, string>> {
  const all = await readPaths(place.store, await place.store.readIndex())
  return withoutLog(
    [...all.entries()].map(([path, { bytes, location }]) => [
      path,
      location ? `redirect ${location}` : `write ${bytes}`,
    ]),
  )
}
const withoutLog = (entries: Iterable<[string, string]>) =>
  Object.fromEntries([...entries].filter(([path]) => !path.startsWith('/v1/changes/')).sort())

test('the recipe brings a copy to the release, over what was renamed, superseded and withdrawn meanwhile', async () => {
  const copy = new Map<string, string>()
  await follow(copy, 0)
  expect(withoutLog(copy)).toEqual(await present())
  const { release } = (await place.store.readIndex())!
  publish(1, 'renamed', 'Title 1')
  await place.reconcile()
  publish(1, 'renamed-again', 'Another title')
  publish(2, 'a-2', 'Corrected')
  await place.reconcile()
  publication.end(uid(303), 'en', 'withdraw')
  await released()
  await follow(copy, release)
  expect(withoutLog(copy)).toEqual(await present())
  expect(copy.get('/v1/en/articles/a-1.json')).toBe(`redirect ${site.url}/v1/en/articles/renamed-again.json`)
})

test('a copy that is too far behind gets everything by the manifest', async () => {
  const copy = new Map<string, string>()
  await follow(copy, -1)
  expect(withoutLog(copy)).toEqual(await present())
})

test('a change file names the address before a rename, and what leads where', async () => {
  const before = (await place.store.readIndex())!.release
  publish(2, 'a-2-renamed', 'Corrected')
  await place.reconcile()
  const { changes, paths: changed } = Changes.parse(await place.json(paths.changes(before + 1)))
  expect(changes).toMatchObject([{ path: '/v1/en/articles/a-2-renamed.json', from: '/v1/en/articles/a-2.json' }])
  expect(changed.moved?.['/v1/en/articles/a-2.json']).toBe(`${site.url}/v1/en/articles/a-2-renamed.json`)
  expect(Object.keys(changed.set)).toContain('/v1/en/articles/a-2.json')
})
