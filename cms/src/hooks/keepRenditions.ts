import type { Rendition } from 'content-schemas'
import type { CollectionBeforeChangeHook } from 'payload'
import sharp, { type Sharp } from 'sharp'
import { keepAsset } from '../assets.ts'
import { readUpload } from '../uploads.ts'

/** A picture larger than this is refused: a small file can unpack to gigabytes. */
export const pixelLimit = 40e6

type Size = { purpose: Rendition['purpose']; width: number; height?: number; format: 'webp' | 'plain' }

// Mail programs and the PDF compiler are sure of JPEG and PNG alone. A mail is 576 pixels wide, twice that on a sharp
// screen; 2000 pixels are 200 dpi over the text width of a page.
const sizes: Size[] = [
  { purpose: 'web', width: 1600, format: 'webp' },
  { purpose: 'web', width: 800, format: 'webp' },
  { purpose: 'web', width: 400, format: 'webp' },
  { purpose: 'web', width: 800, format: 'plain' },
  { purpose: 'email', width: 1152, format: 'plain' },
  { purpose: 'print', width: 2000, format: 'plain' },
  { purpose: 'thumbnail', width: 320, height: 320, format: 'webp' },
]

/**
 * Make the renditions of a picture when it is uploaded or its focal point moves: turned upright, re-encoded, without
 * metadata, never enlarged. Their bytes are kept by hash, their list with the record.
 */
export const keepRenditions: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  const upload = req.file?.data
  const hasMoved = data.focalX !== originalDoc?.focalX || data.focalY !== originalDoc?.focalY
  if (!upload && !hasMoved) return { ...data, renditions: originalDoc?.renditions }
  const bytes = upload ?? (await readUpload(data.filename))
  return { ...data, renditions: await renditionsOf(bytes, { x: data.focalX ?? 50, y: data.focalY ?? 50 }) }
}

/** Focal point in per cent from the left and the top. */
async function renditionsOf(bytes: Uint8Array, focus: { x: number; y: number }): Promise<Rendition[]> {
  const { data: upright, info } = await sharp(bytes, { limitInputPixels: pixelLimit })
    .rotate()
    .toColourspace('srgb')
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true })
  const { isOpaque } = await sharp(upright).stats()
  const renditions: Rendition[] = []
  for (const size of sizes.filter(({ width, format }, at) => width <= info.width || isSmallest(at, format))) {
    const made = await encoded(scaled(upright, info, size, focus), size.format, isOpaque)
    const sha256 = await keepAsset(made.data)
    if (renditions.some((other) => other.purpose === size.purpose && other.sha256 === sha256)) continue
    const { width, height } = made.info
    renditions.push({ purpose: size.purpose, sha256, type: made.type, width, height, bytes: made.data.length })
  }
  return renditions
}

// A small picture gets one rendition of each purpose and format, at its own size.
const isSmallest = (at: number, format: Size['format']): boolean =>
  !sizes.slice(at + 1).some((later) => later.purpose === sizes[at]!.purpose && later.format === format)

function scaled(
  bytes: Uint8Array,
  source: { width: number; height: number },
  { width, height }: Size,
  focus: { x: number; y: number },
) {
  if (!height) return sharp(bytes).resize({ width, withoutEnlargement: true })
  // The largest rectangle of the wanted shape around the focal point.
  const side = Math.min(source.width / width, source.height / height)
  const crop = { width: Math.floor(side * width), height: Math.floor(side * height) }
  const offset = (share: number, whole: number, part: number) =>
    Math.round(Math.min(Math.max((share / 100) * whole - part / 2, 0), whole - part))
  return sharp(bytes)
    .extract({
      ...crop,
      left: offset(focus.x, source.width, crop.width),
      top: offset(focus.y, source.height, crop.height),
    })
    .resize({ width, height, withoutEnlargement: true })
}

async function encoded(picture: Sharp, format: Size['format'], isOpaque: boolean) {
  if (format === 'webp') return { ...(await bytesOf(picture.webp({ quality: 82 }))), type: 'image/webp' as const }
  return isOpaque
    ? { ...(await bytesOf(picture.jpeg({ quality: 84, mozjpeg: true }))), type: 'image/jpeg' as const }
    : { ...(await bytesOf(picture.png({ compressionLevel: 9 }))), type: 'image/png' as const }
}
const bytesOf = (picture: Sharp) => picture.toBuffer({ resolveWithObject: true })
