import { createHash } from 'node:crypto'
import { directionOf } from 'content-schemas'
import { type Run, runsOf } from './anchors.ts'
import type { Comment } from './comments.ts'
import { Html, html } from './html.ts'
import { type Opened, type Verdict, verdicts } from './links.ts'

/*
 * The page that a reviewer outside gets: plain HTML, no script. It works on a phone, by keyboard and in a hospital's browser.
 */

/** What the page tells besides the text: what was said through this link, what was just done, what was refused. */
export type Situation = {
  comments: readonly Comment[]
  /** The run that is about to be commented on. */
  on?: number
  done?: 'comment' | 'verdict'
  /** What was sent and not taken, with why. */
  refused?: { reason: string; text: string; exact?: string }
}

/** Forms shown in frames, by the end of their address. */
const frames = {
  page: 'Web page',
  email: 'E-mail',
  'email-text': 'E-mail as text',
  'handout-pages': 'Handout, page by page',
  json: 'Data for web sites and apps (JSON)',
} as const

const styles = `:root{color-scheme:light dark}
*{box-sizing:border-box}
body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1rem 1.25rem 4rem;color:#14211e;background:#fff}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.3rem;line-height:1.3;margin:2.5rem 0 .5rem}
h3{font-size:1.05rem;line-height:1.4}
.title{margin-top:1rem}
a{color:#00568a}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;list-style:none}
nav a{display:inline-block;padding:.4rem 0}
summary{padding:.4rem 0;cursor:pointer}
iframe{width:100%;height:75vh;border:1px solid #c9d4cf;background:#fff}
.run{display:flex;gap:.75rem;align-items:baseline;justify-content:space-between;padding:.35rem .5rem;margin:0 -.5rem;border-radius:.25rem}
.run p,.run h3{margin:0;overflow-wrap:anywhere}
.run a{flex:none;padding:.4rem .25rem;font-size:.9375rem}
.quotation p{font-style:italic}
.chosen{background:#fff6e0;color:#14211e}
.chosen a{color:#00568a}
label{display:block;margin:1rem 0 .25rem;font-weight:600}
textarea{width:100%;padding:.5rem;border:1px solid #4a5954;border-radius:.25rem;background:transparent;color:inherit;font:inherit}
button{margin:.75rem .75rem 0 0;padding:.6rem 1rem;border:1px solid #0b4b46;border-radius:.25rem;background:#0b4b46;color:#fff;font:inherit;cursor:pointer}
button.quiet{background:transparent;color:inherit}
:focus-visible{outline:3px solid #b86e00;outline-offset:2px}
.told{padding:.75rem 1rem;border-inline-start:4px solid #17653a;background:#eef7f0;color:#14211e}
.told.wrong{border-color:#9c1420;background:#fdf1f0}
.said{margin:0;padding:0;list-style:none}
.said li{margin:.75rem 0;padding-inline-start:.75rem;border-inline-start:3px solid #c9d4cf;overflow-wrap:anywhere;white-space:pre-line}
.small{font-size:.9375rem}
@media (prefers-color-scheme:dark){body{color:#e8efec;background:#101816}a{color:#8ecbf5}}
`

/** What the page may do: show the frames, send its forms, look as it should. */
export const pagePolicy = [
  ...["default-src 'none'", `style-src 'sha256-${createHash('sha256').update(styles).digest('base64')}'`],
  ...["frame-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"],
].join('; ')

const document = (title: string, body: Html): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(styles)}</style>
</head>
<body>
${body}
</body>
</html>
`.text

/** The page for a token that opens nothing, whatever the reason: it says none. */
export const closedPage = (): string =>
  document(
    'This link does not open anything',
    html`<main>
<h1>This link does not open anything</h1>
<p>It may have expired or been taken back, or the address may not be complete. Ask whoever sent it to you for a new one.</p>
</main>`,
  )

/** The page for whoever asks too often. */
export const tooOftenPage = (): string =>
  document(
    'One moment',
    html`<main><h1>One moment</h1><p>That was too much at once. Wait some minutes, then try again.</p></main>`,
  )

/** The page a link opens. `base` is the path of the link, such as `/review/abc`. */
export function readingPage(base: string, opened: Opened, situation: Situation): string {
  const { link, document: article, records } = opened
  const runs = runsOf(article, records)
  const day = link.expiresAt.slice(0, 10)
  return document(
    `To read: ${article.title}`,
    html`<main>
<p class="small">For ${link.clinician}, from ${link.by}. Not published yet: please do not pass it on. The link holds until ${day}.</p>
<h1 lang="${article.locale}" dir="${directionOf(article.locale)}">${article.title}</h1>
${told(situation, link.verdict, link.verdictAt)}
<nav aria-label="On this page"><ul>
<li><a href="#forms">As readers get it</a></li>
<li><a href="#text">Text, to comment on</a></li>
<li><a href="#say">Comment</a></li>
<li><a href="#end">I have read it</a></li>
</ul></nav>
<section id="forms" aria-labelledby="forms-title">
<h2 id="forms-title">As readers get it</h2>
${Object.entries(frames).map(([form, name]) => frame(base, form, name))}
<p><a href="${base}/handout" target="_blank" rel="noreferrer">Handout to print (PDF)</a></p>
</section>
<section id="text" aria-labelledby="text-title">
<h2 id="text-title">Text, to comment on</h2>
<div lang="${article.locale}" dir="${directionOf(article.locale)}">
${runs.map((run, index) => passage(base, run, index, situation.on))}
</div>
</section>
${commentForm(base, runs, situation)}
${saidSoFar(situation.comments)}
<section id="end" aria-labelledby="end-title">
<h2 id="end-title">I have read it</h2>
<form method="post" action="${base}">
${(Object.keys(verdicts) as Verdict[]).map(
  (verdict) =>
    html`<button name="verdict" value="${verdict}"${new Html(verdict === 'concerns' ? ' class="quiet"' : '')}>${verdicts[verdict]}</button>`,
)}
</form>
<p class="small">The editors are told. You can still comment, or say otherwise, until ${day}.</p>
</section>
</main>`,
  )
}

function told({ done, refused }: Situation, verdict: Verdict | null, at: string | null): Html {
  const parts = [
    refused && html`<p class="told wrong" role="alert">${refused.reason}</p>`,
    done === 'comment' && html`<p class="told" role="status">Thank you: your comment is with the editors.</p>`,
    verdict &&
      html`<p class="told" role="status">You said on ${(at ?? '').slice(0, 10)}: ${verdicts[verdict]}. Thank you.</p>`,
  ]
  return html`${parts.filter((part) => part instanceof Html)}`
}

const frame = (base: string, form: string, name: string): Html =>
  html`<details${new Html(form === 'page' ? ' open' : '')}>
<summary>${name}</summary>
<iframe sandbox="" loading="lazy" src="${base}/${form}" title="${name}"></iframe>
</details>
`

function passage(base: string, run: Run, index: number, on: number | undefined): Html {
  const chosen = index === on ? ' chosen' : ''
  const words =
    run.kind === 'title'
      ? html`<h3>${run.text}</h3>`
      : html`<p>${run.label && html`<span class="small" lang="en">${run.label}: </span>`}${run.text}</p>`
  return html`<div class="run ${run.kind}${chosen}" id="p${index}">${words}<a lang="en" dir="ltr" href="${base}?on=${index}#say" aria-label="Comment on: ${run.text.slice(0, 60)}">Comment</a></div>
`
}

/** Rows a text of some length needs. */
const rowsFor = (text: string): number => Math.min(8, 2 + Math.floor(text.length / 70))

function commentForm(base: string, runs: readonly Run[], { on, refused }: Situation): Html {
  const run = on === undefined ? undefined : runs[on]
  const quoted = run && (refused?.exact ?? run.text)
  return html`<section id="say" aria-labelledby="say-title">
<h2 id="say-title">Comment</h2>
<form method="post" action="${base}">
${
  run &&
  html`<input type="hidden" name="run" value="${on}">
<label for="exact">On these words (shorten as you like)</label>
<textarea id="exact" name="exact" dir="auto" rows="${rowsFor(quoted ?? '')}">${quoted}</textarea>
<p class="small"><a href="${base}#say">Comment on the article as a whole</a></p>`
}
${!run && html`<p class="small">On the article as a whole. To comment on a passage, choose “Comment” beside it.</p>`}
<label for="words">What you would say</label>
<textarea id="words" name="text" dir="auto" rows="5" maxlength="4000" required>${refused?.text}</textarea>
<button>Send the comment</button>
</form>
</section>`
}

function saidSoFar(comments: readonly Comment[]): Html | false {
  if (comments.length === 0) return false
  return html`<section aria-labelledby="said-title">
<h2 id="said-title">What you have said</h2>
<ul class="said">
${comments.map(({ anchor, text }) => html`<li>${anchor && html`<q dir="auto">${anchor.exact}</q> `}<span dir="auto">${text}</span></li>`)}
</ul>
</section>`
}
