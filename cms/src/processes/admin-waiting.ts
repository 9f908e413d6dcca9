import type { ServerResponse } from 'node:http'
import type { AdminState } from './admin-state.ts'

/** Seconds after which the page asks again. */
const retry = 3

/** Answers for an admin that cannot answer yet: 503, and to people a page that looks again by itself. */
export function answerWaiting(response: ServerResponse, path: string, state: AdminState | undefined): void {
  const isPage = path === '/admin' || path.startsWith('/admin/')
  response.writeHead(503, {
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': String(retry),
    'x-robots-tag': 'noindex',
  })
  response.end(isPage ? pageOf(state) : JSON.stringify({ errors: [{ message: sentenceOf(state) }] }))
}

const sentenceOf = (state: AdminState | undefined): string =>
  state
    ? `The admin is being built: ${state.step}, ${secondsSince(state.since)} seconds so far.`
    : 'The admin is starting.'

const secondsSince = (moment: string): number => Math.max(0, Math.round((Date.now() - Date.parse(moment)) / 1000))

// What it says comes from the build's log.
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

const pageOf = (state: AdminState | undefined): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="${retry}">
<title>Signpost is getting its admin ready</title>
<style>
body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1.25rem; color: #1b1f24; background: #fff }
h1 { font-size: 1.5rem; line-height: 1.25 }
p { margin: 0.75rem 0 }
@media (prefers-color-scheme: dark) { body { color: #e8eaed; background: #15181c } a { color: #9cc3ff } }
</style>
</head>
<body>
<h1>The admin is not ready yet</h1>
<p role="status">${escaped(sentenceOf(state))}</p>
<p>The first build takes one to three minutes; it is kept for the next start. This page looks again by itself.</p>
<p><a href="/">The public pages</a> are already there.</p>
</body>
</html>
`
