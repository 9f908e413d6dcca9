import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Article, Locale, Message } from 'content-schemas'
import { type Payload, ValidationError } from 'payload'
import { derivedUid } from 'pipeline/body/document.ts'
import type { WordPicture } from 'pipeline/body/word.ts'
import sharp from 'sharp'
import { pixelLimit } from '../../hooks/keepRenditions.ts'
import { replaceUpload } from '../../uploads.ts'
import type { Names } from './names.ts'

/** What a picture that nobody described is described as: the gate asks for words in its place. */
const undescribed: Record<Locale, string> = {
  en: '[[What does the picture show?]]',
  es: '[[¿Qué muestra la imagen?]]',
  ar: '[[ماذا تُظهر الصورة؟]]',
}

/** The uid that a picture of an article's file has in the library. */
export const pictureId = ({ uid }: Article, { name }: WordPicture): string => derivedUid(`media/${uid}/${name}`)

/**
 * Puts a picture of a file into the library, unless an earlier import of that file did. Returns its uid, or why it could
 * not be taken.
 */
export async function keepPicture(
  payload: Payload,
  article: Article,
  picture: WordPicture,
  names: Names,
): Promise<string | Message> {
  const { slug, locale } = article
  const { name, type, alt, bytes } = picture
  const id = pictureId(article, picture)
  if (names.has('media', id)) return id
  const file = { name: `${slug.slice(0, 60)}-${name}.${type.slice('image/'.length)}`, mimetype: type }
  const data = Buffer.from(bytes, 'base64')
  try {
    await payload.create({
      collection: 'media',
      data: { id, alt: alt.slice(0, 400) || undescribed[locale] } as never,
      file: { ...file, data, size: data.length },
      locale,
      ...{ depth: 0, overrideAccess: true },
    })
  } catch (error) {
    payload.logger.info(error, `The picture ${name} of ${slug} was not taken`)
    return refusal(name, error)
  }
  names.note('media', id)
  return id
}

const refusal = (name: string, error: unknown): Message => ({
  rule: 'image',
  severity: 'block',
  waivable: false,
  reason: `The picture “${name}” could not be taken into the library${error instanceof ValidationError ? '' : ': its file is damaged, or too large'}.`,
  fix: 'Save it as PNG or JPEG, and add it to the article.',
  place: { pointer: '/body' },
})

/**
 * Keeps the bytes of a picture's file as the upload, where they hold nothing but the picture: encoded anew at each way out
 * and in again, it would lose a little every time.
 */
export async function keepAsItWas(payload: Payload, id: string, file: string): Promise<void> {
  const bytes = await readFile(file)
  const { exif, xmp, iptc, icc, orientation, width, height } = await sharp(bytes, {
    limitInputPixels: pixelLimit,
  }).metadata()
  if (exif || xmp || iptc || icc || orientation || width > 4000 || height > 4000) return
  const { filename } = await payload.findByID({ collection: 'media', id, depth: 0, overrideAccess: true })
  if (filename && extname(filename) === extname(file)) await replaceUpload(filename, bytes)
}
