import type { Media } from 'content-schemas'
import type { Element } from 'hast'

/** Widest picture a page shows, CSS pixels. */
const column = 720

/**
 * The `img` of a picture in its web sizes: the browser chooses, and keeps its place before it is there.
 * `objects` is the address all renditions start with. Empty where there is no rendition at all.
 */
export function picture(media: Media, objects: string, loading: 'lazy' | 'eager' = 'lazy'): Element[] {
  const sizes = media.renditions.filter(({ purpose }) => purpose === 'web')
  const largest = sizes[0] ?? media.renditions[0]
  if (!largest) return []
  const choice = {
    srcSet: sizes.map(({ sha256, width }) => `${objects}${sha256} ${width}w`).join(', '),
    sizes: `(max-width: ${column}px) 100vw, ${column}px`,
  }
  const properties = {
    src: objects + largest.sha256,
    ...(sizes.length > 1 ? choice : {}),
    alt: media.decorative ? '' : media.alt,
    width: largest.width,
    height: largest.height,
    ...(loading === 'lazy' ? { loading } : {}),
    decoding: 'async',
  }
  return [{ type: 'element', tagName: 'img', properties, children: [] }]
}
