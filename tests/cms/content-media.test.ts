import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Media } from 'content-schemas'
import type { Payload } from 'payload'
import { sha256 } from 'pipeline/identity.ts'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, install } from './installation.ts'
import { png } from './rows.ts'

let installation: Installation
let payload: Payload
let readAsset: (hash: string) => Promise<Uint8Array | undefined>

beforeAll(async () => {
  installation = await install('2026-06-01T12:00:00.000Z')
  payload = installation.payload
  readAsset = (await import('cms/src/assets.ts')).readAsset
})
afterAll(() => installation?.remove())

/** A photograph lying on its side, with a place and a name in its metadata. */
async function photograph() {
  const data = await sharp({ create: { width: 1800, height: 1200, channels: 3, background: '#88aa66' } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .withExif({
      IFD0: { Artist: 'Whistleblower', Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' },
    })
    .toBuffer()
  expect(data.includes('Whistleblower')).toBe(true)
  return { name: 'photo.jpg', data, mimetype: 'image/jpeg', size: data.length }
}

test('a picture is turned upright, made anew in every size, and keeps no metadata', async () => {
  const row = await payload.create({ collection: 'media', data: { alt: 'A field' } as never, file: await photograph() })
  const { renditions } = Media.parse({
    ...{ uid: row.id, slug: row.slug, alt: row.alt, renditions: row.renditions },
  })
  expect([...new Set(renditions.map(({ purpose }) => purpose))]).toEqual(['web', 'email', 'print', 'thumbnail'])
  for (const rendition of renditions) {
    const bytes = Buffer.from((await readAsset(rendition.sha256))!)
    expect(sha256(bytes)).toBe(rendition.sha256)
    const { width, height, format, exif, icc, xmp } = await sharp(bytes).metadata()
    expect({ width, height, type: `image/${format}`, bytes: bytes.length }).toEqual({
      ...{ width: rendition.width, height: rendition.height, type: rendition.type, bytes: rendition.bytes },
    })
    expect({ exif, xmp, icc }).toEqual({ exif: undefined, xmp: undefined, icc: undefined })
    if (rendition.purpose !== 'thumbnail') expect(height).toBeGreaterThan(width!)
  }
  const types = renditions.filter(({ purpose }) => purpose !== 'web' && purpose !== 'thumbnail').map(({ type }) => type)
  expect(new Set(types)).toEqual(new Set(['image/jpeg']))
  const web = renditions.filter(({ purpose }) => purpose === 'web')
  expect(web.map(({ type, width }) => `${type} ${width}`)).toEqual([
    ...['image/webp 800', 'image/webp 400', 'image/jpeg 800'],
  ])
  const upload = await readFile(join(installation.dataDir, 'uploads', row.filename!))
  expect(renditions.map(({ sha256 }) => sha256)).not.toContain(sha256(upload))
})

test('nothing kept on disk has what the camera wrote', async () => {
  const entries = await readdir(installation.dataDir, { recursive: true, withFileTypes: true })
  const pictures = entries.filter((entry) => entry.isFile() && /(uploads|assets)/.test(entry.parentPath))
  expect(pictures.length).toBeGreaterThan(2)
  for (const { parentPath, name } of pictures)
    expect((await readFile(join(parentPath, name))).includes('Whistleblower'), name).toBe(false)
})

test('a moved focal point gives another thumbnail; a changed description none', async () => {
  const half = await sharp({ create: { width: 400, height: 800, channels: 3, background: '#ffffff' } })
    .composite([
      { input: { create: { width: 400, height: 400, channels: 3, background: '#000000' } }, left: 0, top: 0 },
    ])
    .png()
    .toBuffer()
  const file = { name: 'half.png', data: half, mimetype: 'image/png', size: half.length }
  const made = await payload.create({ collection: 'media', data: { alt: 'Two halves' } as never, file })
  const described = await payload.update({ collection: 'media', id: made.id, data: { alt: 'Black over white' } })
  expect(described.renditions).toEqual(made.renditions)
  const moved = await payload.update({ collection: 'media', id: made.id, data: { focalX: 50, focalY: 0 } })
  const thumbnail = (row: typeof made) =>
    Media.shape.renditions.parse(row.renditions).find(({ purpose }) => purpose === 'thumbnail')
  expect(thumbnail(moved)?.sha256).not.toBe(thumbnail(made)?.sha256)
  const { channels } = await sharp(await readAsset(thumbnail(moved)!.sha256)).stats()
  expect(channels[0]!.mean).toBeLessThan(10)
})

test('a picture with see-through parts stays see-through where the format can', async () => {
  const data = await sharp({
    create: { width: 50, height: 50, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer()
  const file = { name: 'clear.png', data, mimetype: 'image/png', size: data.length }
  const { renditions } = await payload.create({ collection: 'media', data: { alt: 'Nothing' } as never, file })
  const types = Media.shape.renditions.parse(renditions).map(({ type }) => type)
  expect(new Set(types)).toEqual(new Set(['image/webp', 'image/png']))
})

test('a description is asked for, unless the picture is decorative', async () => {
  const upload = async (data: object) =>
    payload.create({ collection: 'media', data: data as never, file: await png('line.png') })
  await expect(upload({})).rejects.toMatchObject({ data: { errors: [{ path: 'alt' }] } })
  await expect(upload({ alt: '   ' })).rejects.toMatchObject({ status: 400 })
  expect((await upload({ decorative: true })).decorative).toBe(true)
})

test('drawings with scripts, and files that only say they are pictures, are refused', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  for (const mimetype of ['image/svg+xml', 'image/png']) {
    const file = { name: 'drawing.svg', data: svg, mimetype, size: svg.length }
    await expect(payload.create({ collection: 'media', data: { alt: 'x' } as never, file })).rejects.toThrow()
  }
})

test('a small file that unpacks to a huge picture is refused', async () => {
  const data = await sharp({ create: { width: 8000, height: 6000, channels: 3, background: '#ffffff' } })
    .png({ compressionLevel: 9 })
    .toBuffer()
  const file = { name: 'bomb.png', data, mimetype: 'image/png', size: data.length }
  await expect(payload.create({ collection: 'media', data: { alt: 'x' } as never, file })).rejects.toThrow()
})
