import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import { Media } from 'content-schemas'
import { createKey } from 'pipeline/release/sign.ts'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import { type Installation, install } from './installation.ts'

const account = { accessKeyId: 'test', secretAccessKey: 'test' }
const name = `signpost-${randomBytes(4).toString('hex')}`

describe.skipIf(lacks('s3'))('an installation whose store is a bucket', () => {
  let installation: Installation
  const client = new AwsClient({ ...account, service: 's3', region: 'us-east-1' })
  const address = `${process.env.S3_TEST_URL}/${name}`
  const keys = async () =>
    [...(await (await client.fetch(`${address}?list-type=2`)).text()).matchAll(/<Key>([^<]*)</g)].map(([, key]) => key!)

  beforeAll(async () => {
    expect((await client.fetch(address, { method: 'PUT' })).ok).toBe(true)
    Object.assign(process.env, {
      STORE_URL: `s3://${name}/live?endpoint=${process.env.S3_TEST_URL}`,
      AWS_ACCESS_KEY_ID: account.accessKeyId,
      AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
      PAYLOAD_SECRET: 'p'.repeat(40),
      TOKEN_SECRET: 't'.repeat(40),
      SIGNING_KEY: JSON.stringify(await createKey()),
    })
    installation = await install('2026-06-01T12:00:00.000Z')
  })
  afterAll(() => installation?.remove())

  const picture = async (colour: string) => {
    const data = await sharp({ create: { width: 500, height: 900, channels: 3, background: colour } })
      .png()
      .toBuffer()
    return { name: `${colour}.png`, data, mimetype: 'image/png', size: data.length }
  }

  test('keeps uploads and renditions there, and finds them on a machine that has none', async () => {
    const { payload, dataDir } = installation
    const made = await payload.create({
      collection: 'media',
      data: { alt: 'A colour' } as never,
      file: await picture('teal'),
    })
    const uploads = (await keys()).filter((key) => key.startsWith('live/uploads/'))
    expect(uploads).toContain(`live/uploads/${made.filename}`)
    expect(uploads).toHaveLength(2)

    const folders = ['uploads', 'assets'].map((folder) => join(dataDir, folder))
    const forget = () => Promise.all(folders.map((folder) => rm(folder, { recursive: true })))
    await forget()
    const { readAsset } = await import('cms/src/assets.ts')
    const renditions = Media.shape.renditions.parse(made.renditions)
    for (const { sha256 } of renditions) expect(await readAsset(sha256)).toBeDefined()
    await forget().catch(() => rm(folders[1]!, { recursive: true }))

    const moved = await payload.update({ collection: 'media', id: made.id, data: { focalX: 50, focalY: 0 } })
    expect(Media.shape.renditions.parse(moved.renditions)).toHaveLength(renditions.length)
    expect(await readdir(folders[0]!)).toContain(made.filename)

    const { fetchUpload, uploadsDir } = await import('cms/src/uploads.ts')
    await rm(folders[0]!, { recursive: true })
    await fetchUpload(made.filename!)
    expect(await readdir(uploadsDir())).toEqual([made.filename])

    await payload.delete({ collection: 'media', id: made.id })
    expect((await keys()).filter((key) => key.startsWith('live/uploads/'))).toEqual([])
  })

  test('has its releases there, and readers a verified copy', async () => {
    const { openServedStore, openStore, openPublication } = await import('cms/src/processes/installation.ts')
    const { environment } = await import('cms/src/environment.ts')
    const publication = await openPublication(environment())
    const index = await publication.signer.sign({
      ...{ release: 1, at: '2026-06-01T00:00:00.000Z', expires: '2026-08-01T00:00:00.000Z', manifest: '0'.repeat(64) },
      ...{ changes: { first: 1, last: 1 }, keys: publication.signer.kids },
    })
    await (await openStore(environment())).swapIndex(index, 0)
    expect(await keys()).toContain('live/index.json')
    const served = await openServedStore(environment())
    while (served.complaints().length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    // What the index names is not there, so the copy is not brought to it.
    expect(served.complaints()[0]).toContain('is missing')
    expect(await served.store.readIndex()).toBeUndefined()
    await served.close()
  })
})
