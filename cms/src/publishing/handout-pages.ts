import type { DrawnPage, RenderPool } from 'pipeline/channels/print/pool.ts'
import { Html, html } from '../review/html.ts'
import type { Preview } from './preview.ts'

/** As many pages as are shown: a text of more is a mistake, or is read as a PDF. */
const mostPages = 40

/**
 * The pages of a handout as pictures, drawn from the very PDF that would be printed: a page of HTML that holds them all
 * and needs nothing from anywhere.
 */
export async function handoutPages(pdf: Uint8Array, draw: RenderPool['draw']): Promise<Preview> {
  try {
    const { count, pages } = await draw(pdf, mostPages)
    return { file: { path: '', type: 'text/html; charset=utf-8', body: pageWith(pages, count) } }
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) }
  }
}

const styles = `:root{color-scheme:light}
body{margin:0;padding:1rem;background:#d9dedc;color:#14211e;font:1rem/1.5 system-ui,sans-serif}
img{display:block;width:100%;max-width:50rem;height:auto;margin:0 auto 1rem;background:#fff;box-shadow:0 1px 4px #0006}
p{max-width:50rem;margin:0 auto 1rem}
`

const pageWith = (pages: readonly DrawnPage[], count: number): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Handout, page by page</title>
<style>${new Html(styles)}</style>
</head>
<body>
<main>
${pages.map((page, index) => picture(page, `Page ${index + 1} of ${count}`))}
${count > pages.length && html`<p>Only the first ${pages.length} of ${count} pages are shown here. The PDF has all.</p>`}
</main>
</body>
</html>
`.text

const picture = ({ png, width, height }: DrawnPage, name: string): Html =>
  html`<img alt="${name}" width="${width}" height="${height}" src="data:image/png;base64,${Buffer.from(png).toString('base64')}">
`
