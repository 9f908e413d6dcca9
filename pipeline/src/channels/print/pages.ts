import { PDFiumLibrary } from '@hyzyla/pdfium'
import sharp from 'sharp'

/*
 * The pages of a PDF as pictures, for those who look at it before it is printed. Loaded in the render pool's children
 * only, with the first PDF that is drawn: PDFium is 4 MB of WASM, and draws while nothing else is done.
 */

/** The first pages of a PDF, and how many it has. */
export type DrawnPages = { count: number; pages: DrawnPage[] }
/** A page as PNG, with its size in pixels. */
export type DrawnPage = { png: Uint8Array; width: number; height: number }

/** Sharp enough to read the small print on a good screen; dots per inch. A PDF has 72 points to the inch. */
const resolution = 120

let library: Promise<PDFiumLibrary> | undefined

/** Draws at most `most` pages, from the first on. Throws when it is no PDF. */
export async function drawPages(pdf: Uint8Array, most: number): Promise<DrawnPages> {
  library ??= PDFiumLibrary.init()
  const document = await (await library).loadDocument(pdf)
  try {
    const count = document.getPageCount()
    const drawn: Promise<DrawnPage>[] = []
    for (let index = 0; index < Math.min(count, most); index++) {
      const { data, width, height } = await document.getPage(index).render({ scale: resolution / 72 })
      // Packed in threads of its own, while the next page is drawn.
      drawn.push(pngOf(data, width, height).then((png) => ({ png, width, height })))
    }
    return { count, pages: await Promise.all(drawn) }
  } finally {
    document.destroy()
  }
}

/** `pixels`: red, green, blue and alpha, a byte each. Paper is opaque. */
const pngOf = (pixels: Uint8Array, width: number, height: number): Promise<Buffer> =>
  sharp(pixels, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png()
    .toBuffer()
