import type { Media, Rendition } from 'content-schemas'
import type { Element } from 'hast'

/** Widest picture a page shows, CSS pixels. */
const column = 720

/** Formats not every browser knows, the smaller files first. */
const modern = ['image/avif', 'image/webp'] as const

/**
 * A picture in its web sizes: the browser takes the best format it knows in the size it needs, and keeps the place before
 * it is there. One that knows none of the modern formats gets JPEG or PNG, so that alone may stand in `src`.
 * `objects` is the address all renditions start with. Empty where there is no rendition at all.
 */
export function picture(media: Media, objects: string, loading: 'lazy' | 'eager' = 'lazy'): Element[] {
  const web = media.renditions.filter(({ purpose }) => purpose === 'web')
  const plain = web.filter(({ type }) => !isModern(type))
  const [shown] = [...plain, ...web, ...media.renditions]
  if (!shown) return []
  const largest = web[0] ?? shown
  const image = element('img', {
    src: objects + shown.sha256,
    ...(plain.length > 1 ? choiceOf(plain, objects) : {}),
    alt: media.decorative ? '' : media.alt,
    width: largest.width,
    height: largest.height,
    ...(loading === 'lazy' ? { loading } : {}),
    decoding: 'async',
  })
  const sources = modern.flatMap((type) => {
    const sizes = web.filter((each) => each.type === type)
    return sizes.length > 0 ? [element('source', { type, ...choiceOf(sizes, objects) })] : []
  })
  return plain.length > 0 && sources.length > 0 ? [element('picture', {}, [...sources, image])] : [image]
}

const isModern = (type: Rendition['type']): boolean => (modern as readonly string[]).includes(type)

const choiceOf = (sizes: readonly Rendition[], objects: string) => ({
  srcSet: sizes.map(({ sha256, width }) => `${objects}${sha256} ${width}w`).join(', '),
  sizes: `(max-width: ${column}px) 100vw, ${column}px`,
})

const element = (tagName: string, properties: Element['properties'], children: Element[] = []): Element => ({
  type: 'element',
  tagName,
  properties,
  children,
})
