import { sha256 } from '../../identity.ts'
import { paths } from '../addresses.ts'
import type { List } from '../channel.ts'

/*
 * For sites that show the HTML of an article as it is: put it into an element with the class `signpost`. It sets no font,
 * no size and no colour of text, so that it goes with the page around it, in either direction of writing.
 */
const styles = `.signpost { line-height: 1.6; overflow-wrap: break-word; }
.signpost img { max-inline-size: 100%; block-size: auto; }
.signpost figure { margin: 1.5em 0; }
.signpost figcaption, .signpost .credit { font-size: 0.875em; }
.signpost .table { overflow-x: auto; }
.signpost table { border-collapse: collapse; inline-size: 100%; }
.signpost :is(th, td) { padding: 0.5em 0.75em; border: 1px solid currentColor; text-align: start; vertical-align: top; }
.signpost :is(.callout, .urgent-help, .call-to-action) { margin: 1.5em 0; padding: 1em; border: 1px solid; border-inline-start-width: 0.4em; }
.signpost :is(.callout, .urgent-help, .call-to-action) > :is(h2, h3, h4, h5, h6, p):first-child { margin-block-start: 0; }
.signpost :is(.urgent-help, .callout.emergency) { border-color: #9c1420; border-width: 2px; border-inline-start-width: 0.6em; }
.signpost .callout.warning { border-color: #8a5200; }
.signpost .callout.tip { border-color: #17653a; }
.signpost .callout-label { font-weight: bold; }
.signpost .steps > ol { list-style: none; padding: 0; }
.signpost .step { margin: 0 0 1.5em; padding-inline-start: 1em; border-inline-start: 0.25em solid; }
.signpost .step-time { font-weight: bold; }
.signpost .care-option { margin: 1.5em 0; padding: 1em; border: 1px solid; }
.signpost dt { font-weight: bold; }
.signpost dd { margin: 0 0 0.75em; }
.signpost .checklist ul { list-style: "☐ "; }
.signpost .do ul { list-style: "✓ "; }
.signpost .dont ul { list-style: "✗ "; }
.signpost .resource-list { list-style: none; padding: 0; }
.signpost .resource { margin: 1em 0; padding: 1em; border: 1px solid; }
.signpost .resource-phone { font-size: 1.125em; }
.signpost :is(.resource-notice, .resource-alert) { font-weight: bold; }
.signpost .term { text-decoration: underline dotted; font-style: normal; }
.signpost .citation { line-height: 0; }
`
const hash = sha256(styles)

/** Its address by its hash: it never changes there. */
export const stylesheetObject = paths.object(hash)

/** A stylesheet for the HTML of articles, which needs none: at an address that stays, and at the one of its hash. */
export const articleStylesheet: List[] = [paths.articleStyles, stylesheetObject].map((path) => ({
  path,
  key: hash,
  render: () => ({ path, type: 'text/css; charset=utf-8', body: styles }),
}))
