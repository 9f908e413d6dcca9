import { execFile } from 'node:child_process'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { paths } from 'pipeline/channels/addresses.ts'
import { createFront, type Front } from 'pipeline/serve/index.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { article, uid } from '../pipeline/documents.ts'
import { Publication, signer, workspace } from './publication.ts'

const program = fileURLToPath(new URL('../../pipeline/examples/verify.mjs', import.meta.url))
const document = article({ uid: uid(101), slug: 'first', title: 'First' })
const article1 = paths.article('en', 'first', 'json')

describe('the example that verifies with jose alone', () => {
  let publication: Publication
  let place: Awaited<ReturnType<typeof workspace>>
  let front: Front
  let site: string
  let kid: string

  beforeEach(async () => {
    publication = new Publication()
    publication.publish(document)
    place = await workspace(publication, { clock: { now: () => new Date() } })
    await place.reconcile()
    kid = (await signer()).kid
    await serve()
  })
  afterEach(async () => {
    await front.close()
    await place.remove()
  })
  /** Serves what is on disk now: a server that has read it keeps it in memory. */
  const serve = async () => {
    await front?.close()
    front = createFront({ store: place.store })
    site = `http://127.0.0.1:${await front.listen(0)}`
  }
  const run = (...more: string[]) =>
    new Promise<{ code: number; said: string }>((resolve) => {
      execFile(process.execPath, [program, site, ...more], (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), said: (out + err).trim() }),
      )
    })
  const objectFile = async (path: string) => {
    const { object } = (await place.entry(path))!
    return join(place.folder, 'release', 'objects', object.slice(0, 2), object)
  }

  test('is short, and takes a release as it was made', async () => {
    const lines = (await readFile(program, 'utf8')).split('\n').filter((line) => line.trim() && !line.startsWith('//'))
    expect(lines.length).toBeLessThanOrEqual(23)
    expect(await run(kid, article1, '2')).toMatchObject({ code: 0, said: expect.stringContaining('unaltered') })
  })

  test('refuses one flipped byte', async () => {
    const file = await objectFile(article1)
    const bytes = await readFile(file)
    bytes[bytes.length >> 1]! ^= 1
    await writeFile(file, bytes)
    await serve()
    expect(await run(kid, article1)).toEqual({ code: 1, said: 'altered' })
  })

  test('refuses an object in the place of another', async () => {
    await copyFile(await objectFile(paths.feed('en')), await objectFile(article1))
    await serve()
    expect(await run(kid, article1)).toEqual({ code: 1, said: 'swapped' })
  })

  test('refuses an older release, and a key it was not told to trust', async () => {
    expect(await run(kid, article1, '99')).toEqual({ code: 1, said: 'rolled-back' })
    expect(await run('another', article1)).toEqual({ code: 1, said: 'forged' })
  })

  test('refuses an index with a byte of its signature changed', async () => {
    const file = join(place.folder, 'release', 'index.json')
    const index = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, JSON.stringify({ ...index, signed: `${index.signed.slice(0, -4)}AAAA` }))
    await serve()
    expect(await run(kid, article1)).toEqual({ code: 1, said: 'forged' })
  })

  test('tells an expired release', async () => {
    const { signed: _, ...payload } = (await place.store.readIndex())!
    const expired = await (await signer()).sign({ ...payload, expires: '2020-01-01T00:00:00.000Z' })
    await writeFile(join(place.folder, 'release', 'index.json'), JSON.stringify(expired))
    await serve()
    expect(await run(kid, article1)).toEqual({ code: 1, said: 'stale' })
  })
})
