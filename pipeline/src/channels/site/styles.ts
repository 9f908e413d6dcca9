/** The mark of the site: a board of a signpost. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0b4b46" d="M0 0h32v32H0z"/><path fill="#ffc940" d="M5 9h15l7 7-7 7H5z"/></svg>`

/*
 * The stylesheet of the public pages: one column, large type, system fonts, logical properties, so that Arabic needs
 * hardly a rule of its own. Colours are pairs of a light and a dark scheme with a contrast of 4.5:1 or more.
 */
export const styles = `:root {
  color-scheme: light dark;
  --paper: #ffffff;
  --ground: #f1f5f2;
  --ink: #14211e;
  --quiet: #4a5954;
  --line: #c9d4cf;
  --brand: #0b4b46;
  --on-brand: #ffffff;
  --accent: #0b4b46;
  --on-accent: #ffffff;
  --sign: #ffc940;
  --link: #00568a;
  --visited: #5a3a8e;
  --focus: #ffd95c;
  --on-focus: #14211e;
  --danger: #9c1420;
  --on-danger: #ffffff;
  --danger-ground: #fdf1f0;
  --warning: #8a5200;
  --warning-ground: #fff6e0;
  --tip: #17653a;
  --tip-ground: #eef7f0;
  --note: #00568a;
  --note-ground: #eef5fa;
  --gap: 1.5rem;
  --column: 44rem;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #101816;
    --ground: #182320;
    --ink: #e8efec;
    --quiet: #aebdb7;
    --line: #3a4a45;
    --brand: #0c332f;
    --on-brand: #f2f8f6;
    --accent: #7fcaba;
    --on-accent: #08201d;
    --link: #8ecbf5;
    --visited: #cdb7f4;
    --danger: #ffa79f;
    --on-danger: #2a0706;
    --danger-ground: #321716;
    --warning: #f3c26b;
    --warning-ground: #2c2412;
    --tip: #8fd6a8;
    --tip-ground: #13281b;
    --note: #8ecbf5;
    --note-ground: #13242f;
  }
}

*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { font-size: 112.5%; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-block-start: 1rem; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font-family: "Source Sans 3", "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, "Noto Sans Arabic", sans-serif;
  line-height: 1.6;
  overflow-wrap: break-word;
}
[dir="rtl"] body { font-family: Vazirmatn, "Noto Sans Arabic", "Segoe UI", "Geeza Pro", Tahoma, Arial, sans-serif; line-height: 1.8; }
@media (min-width: 40rem) { html { font-size: 125%; } }
.column, main { max-inline-size: var(--column); margin-inline: auto; padding-inline: 1.1rem; }
main { padding-block: 1.5rem 3rem; }
main:focus { outline: none; }

h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin-block: 0 0.5em; text-wrap: balance; }
[dir="rtl"] :is(h1, h2, h3, h4, h5, h6) { line-height: 1.5; }
h1 { font-size: clamp(1.9rem, 1.3rem + 2.6vw, 2.7rem); line-height: 1.12; letter-spacing: -0.015em; }
[dir="rtl"] h1 { line-height: 1.35; letter-spacing: 0; }
h2 { font-size: 1.5rem; }
h3 { font-size: 1.2rem; }
h4, h5, h6 { font-size: 1.05rem; }
p, ul, ol, dl, table, blockquote, figure { margin-block: 0 1em; }
ul, ol { padding-inline-start: 1.4em; }
li { margin-block-end: 0.35em; }
li::marker { color: var(--quiet); }
ul[role="list"], ol[role="list"] { list-style: none; padding: 0; }
dt { font-weight: 700; }
dd { margin: 0 0 0.75em; }
hr { border: 0; border-block-start: 1px solid var(--line); margin-block: 2rem; }
strong { font-weight: 700; }
img { display: block; max-inline-size: 100%; block-size: auto; border-radius: 4px; }
blockquote { margin-inline: 0; padding-inline-start: 1.1rem; border-inline-start: 4px solid var(--line); color: var(--quiet); }

a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
a:visited { color: var(--visited); }
a:hover { text-decoration-thickness: 3px; }
a:focus-visible, [tabindex]:focus-visible {
  outline: 3px solid var(--focus);
  outline-offset: 0;
  background: var(--focus);
  color: var(--on-focus);
  box-shadow: 0 4px 0 var(--on-focus);
  text-decoration: none;
}
[tabindex]:focus-visible { background: none; color: inherit; box-shadow: none; outline-offset: 2px; }
:target { scroll-margin-block-start: 1rem; }
dt:target, li:target { background: var(--note-ground); box-shadow: 0 0 0 0.4rem var(--note-ground); }

.skip { position: absolute; inset-inline-start: 0; inset-block-start: -6rem; padding: 0.75rem 1.1rem; z-index: 2; }
.skip:focus { position: static; display: block; }
.callout-label, .step-number { font: inherit; }
.step-number { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.sample-banner { background: var(--sign); color: #14211e; font-size: 0.85rem; }
.sample-banner p { margin-block: 0; padding-block: 0.5rem; }
.tag { display: inline-block; background: #14211e; color: #fff; padding: 0 0.5em; margin-inline-end: 0.3em; }
.masthead { background: var(--brand); color: var(--on-brand); }
.masthead .column { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; align-items: center; justify-content: space-between; padding-block: 0.7rem; }
.masthead a:not(:focus-visible) { color: inherit; }
.site-name { font-size: 1.15rem; font-weight: 700; text-decoration: none; display: inline-flex; align-items: center; gap: 0.6em; padding-block: 0.25rem; }
.site-name::before {
  content: "";
  inline-size: 1.5em;
  block-size: 0.95em;
  background: var(--sign);
  clip-path: polygon(0 0, 66% 0, 100% 50%, 66% 100%, 0 100%);
}
[dir="rtl"] .site-name::before { transform: scaleX(-1); }
.main-menu { margin-inline-start: auto; }
@media (max-width: 40rem) { .main-menu { margin-inline-start: 0; } }
@media (pointer: coarse) { .exit-keys { display: none; } }
.main-menu a { display: inline-block; padding-block: 0.25rem; font-weight: 700; }
.languages ul { display: flex; gap: 1.1rem; margin: 0; }
.languages li { margin: 0; }
.languages a { display: inline-block; padding-block: 0.25rem; }
.in-danger { background: var(--danger-ground); border-block-end: 1px solid var(--line); border-block-start: 4px solid var(--danger); }
.in-danger p { margin-block: 0; padding-block: 0.55rem; font-weight: 700; display: flow-root; }
.in-danger a:not(:focus-visible) { color: var(--danger); }
.to-urgent-help { float: inline-end; padding-inline-start: 1rem; }
.number { white-space: nowrap; }

.breadcrumb { font-size: 0.9rem; margin-block-end: 1.5rem; }
.breadcrumb ol { display: flex; flex-wrap: wrap; gap: 0.1rem 0.6rem; margin: 0; }
.breadcrumb li { margin: 0; }
.breadcrumb li + li::before { content: "›"; color: var(--quiet); margin-inline-end: 0.6rem; }
[dir="rtl"] .breadcrumb li + li::before { content: "‹"; }

.audiences { margin: 0 0 0.25rem; color: var(--quiet); font-weight: 700; }
.summary { font-size: 1.2rem; line-height: 1.5; }
[dir="rtl"] .summary { line-height: 1.75; }
.review { display: flex; flex-wrap: wrap; gap: 0.4rem 2rem; padding-block: 0.8rem; border-block: 1px solid var(--line); font-size: 0.9rem; margin-block: 1.25rem; }
.review dt { font-weight: 400; color: var(--quiet); }
.review dd { margin: 0; font-weight: 700; }
.to-handout { font-weight: 700; }
.notice { background: var(--warning-ground); border-inline-start: 6px solid var(--warning); padding: 0.9rem 1.1rem; margin-block-end: var(--gap); }
.notice > :last-child { margin-block-end: 0; }
.main-message { background: var(--ground); border-inline-start: 6px solid var(--tip); padding: 0.9rem 1.1rem; margin-block-end: var(--gap); font-size: 1.15rem; font-weight: 700; line-height: 1.45; }
[dir="rtl"] .main-message { line-height: 1.7; }
.main-message p { margin: 0; }
.main-message .label { font-size: 0.85rem; font-weight: 400; color: var(--quiet); }
.hero { margin: 0 0 var(--gap); }
.hero img { inline-size: 100%; }
.contents { margin-block-end: 2rem; }
.contents h2 { font-size: 1.05rem; margin-block-end: 0.4rem; }
.contents li { padding-inline-start: 1.4em; position: relative; }
.contents li::before { content: "—"; position: absolute; inset-inline-start: 0; color: var(--quiet); }

.body.first { margin-block-end: var(--gap); }
.body.first > section { margin-block: 0; }
.body > h2 { margin-block-start: 2.5rem; }
.body > section { margin-block: 2.5rem; }
.body > h2 + section { margin-block-start: 1.25rem; }
.body > h3 { margin-block-start: 1.75rem; }
.body > section.callout, .body > .figure { margin-block: var(--gap); }
.body section > :last-child, .body li > :last-child, .body dd > :last-child { margin-block-end: 0; }
.body section section { margin-block: var(--gap); }
.body section section:last-child { margin-block-end: 0; }
.citation { font-size: 0.75em; line-height: 0; white-space: nowrap; }
.citation a { padding-inline: 0.15em; text-decoration: none; }
.term { text-decoration-style: dotted; text-decoration-thickness: 2px; }
.term:not(:focus-visible) { color: inherit; }

.table {
  overflow-x: auto;
  margin-block-end: 1em;
  background:
    linear-gradient(to right, var(--paper) 30%, transparent) left / 3rem 100%,
    linear-gradient(to left, var(--paper) 30%, transparent) right / 3rem 100%,
    linear-gradient(to right, var(--line), transparent) left / 1rem 100%,
    linear-gradient(to left, var(--line), transparent) right / 1rem 100%;
  background-repeat: no-repeat;
  background-attachment: local, local, scroll, scroll;
}
table { border-collapse: collapse; inline-size: 100%; margin: 0; font-size: 0.95rem; }
th, td { text-align: start; vertical-align: top; padding: 0.55rem 0.9rem 0.55rem 0; border-block-end: 1px solid var(--line); min-inline-size: 5.2rem; }
[dir="rtl"] :is(th, td) { padding: 0.55rem 0 0.55rem 0.9rem; }
th { border-block-end-width: 2px; border-block-end-color: var(--ink); }

.callout { padding: 1rem 1.1rem; border-inline-start: 6px solid var(--note); background: var(--note-ground); }
.callout :is(h2, h3, h4, h5, h6), p.callout-label { font-size: 1.05rem; font-weight: 700; margin-block-end: 0.3em; }
.callout .callout-label { color: var(--note); }
.callout.tip { border-color: var(--tip); background: var(--tip-ground); }
.callout.tip .callout-label { color: var(--tip); }
.callout.warning { border-color: var(--warning); background: var(--warning-ground); }
.callout.warning .callout-label { color: var(--warning); }
.callout.emergency { border: 2px solid var(--danger); border-inline-start-width: 6px; background: var(--danger-ground); }
.callout.emergency .callout-label { color: var(--danger); }

.urgent-help { border: 3px solid var(--danger); background: var(--danger-ground); padding: 0 1.1rem 1.1rem; border-radius: 4px; }
.urgent-help > :is(h2, h3, h4, h5, h6):first-child { background: var(--danger); color: var(--on-danger); margin: 0 -1.1rem 1rem; padding: 0.7rem 1.1rem; font-size: 1.3rem; }
.urgent-help > :first-child:not(h2, h3, h4, h5, h6) { margin-block-start: 1rem; }

.steps > ol > .step { position: relative; padding-inline-start: 3.4rem; padding-block-end: 1.5rem; margin: 0; counter-increment: step; }
.steps > ol { counter-reset: step; }
.step::before {
  content: counter(step);
  position: absolute;
  inset-inline-start: 0;
  inset-block-start: -0.2rem;
  inline-size: 2.3rem;
  block-size: 2.3rem;
  line-height: 2.3rem;
  text-align: center;
  border-radius: 50%;
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 700;
  z-index: 1;
}
.step:not(:last-child)::after { content: ""; position: absolute; inset-inline-start: 1.05rem; inset-block: 1rem 0; inline-size: 0.2rem; background: var(--line); }
.step > :is(h2, h3, h4, h5, h6):first-child { font-size: 1.2rem; margin-block-end: 0.25em; }
.step-time { display: inline-block; background: var(--ground); color: var(--quiet); border: 1px solid var(--line); border-radius: 4px; padding: 0 0.6em; font-size: 0.9rem; margin-block-end: 0.6em; }

.care-option { border: 1px solid var(--line); border-block-start: 5px solid var(--accent); border-radius: 4px; padding: 1rem 1.1rem; }
.care-option dl { margin: 0; }
.care-option dt, .resource-facts dt { color: var(--quiet); font-size: 0.9rem; }
.checklist ul > li { position: relative; padding-inline-start: 2.1rem; margin-block-end: 0.6em; }
.checklist ul > li::before { content: ""; position: absolute; inset-inline-start: 0; inset-block-start: 0.2em; inline-size: 1.2rem; block-size: 1.2rem; border: 2px solid var(--ink); border-radius: 3px; background: var(--paper); }
.care-option dd ul { list-style: disc; padding-inline-start: 1.4em; }

.do-dont { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); gap: 1rem; }
.do-dont > :is(h2, h3, h4, h5, h6) { grid-column: 1 / -1; margin: 0; }
.do, .dont { border: 1px solid var(--line); border-block-start: 5px solid var(--tip); border-radius: 4px; padding: 1rem 1.1rem 0.5rem; }
.dont { border-block-start-color: var(--danger); }
.do > :is(h2, h3, h4, h5, h6) { color: var(--tip); }
.dont > :is(h2, h3, h4, h5, h6) { color: var(--danger); }
.do li, .dont li { position: relative; padding-inline-start: 1.8rem; margin-block-end: 0.6em; }
.do li::before, .dont li::before { position: absolute; inset-inline-start: 0; font-weight: 700; }
.do li::before { content: "✓" / ""; color: var(--tip); }
.dont li::before { content: "✕" / ""; color: var(--danger); }

.question { border-block-start: 1px solid var(--line); padding-block: 1rem 0.25rem; }
.question:last-child { border-block-end: 1px solid var(--line); }
.question > :is(h2, h3, h4, h5, h6) { font-size: 1.1rem; }
.figure { margin-inline: 0; }
figcaption { font-size: 0.9rem; color: var(--quiet); margin-block-start: 0.5rem; }
.credit { display: block; font-size: 0.8rem; }

.resource-list { display: grid; gap: 1rem; margin: 0; }
.resource { background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: 1rem 1.1rem; margin: 0; }
.resource p { margin-block: 0 0.4em; }
.resource-name { font-size: 1.1rem; line-height: 1.35; }
.resource-organization { color: var(--quiet); font-size: 0.9rem; }
.resource-alert { font-weight: 700; color: var(--warning); }
.resource-phone a { font-size: 1.3rem; font-weight: 700; white-space: nowrap; }
.resource-text { font-weight: 700; }
.phone-more { color: var(--quiet); font-size: 0.9rem; }
.resource-facts { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: 0.15rem 1rem; font-size: 0.95rem; margin-block: 0.6rem 0; }
.resource-facts dt { font-weight: 400; }
.resource-facts dd { margin: 0; min-inline-size: 0; overflow-wrap: anywhere; }
.resource-notice { background: var(--warning-ground); border-inline-start: 4px solid var(--warning); padding: 0.5rem 0.8rem; font-size: 0.9rem; margin-block-start: 0.8rem; }

.call-to-action { background: var(--ground); border-block-start: 5px solid var(--accent); border-radius: 4px; padding: 1.25rem 1.1rem; }
.action > a, a.action {
  display: inline-block;
  background: var(--link);
  color: var(--paper);
  font-weight: 700;
  text-decoration: none;
  padding: 0.65em 2.4em 0.65em 1.1em;
  clip-path: polygon(0 0, calc(100% - 1.3em) 0, 100% 50%, calc(100% - 1.3em) 100%, 0 100%);
}
[dir="rtl"] :is(.action > a, a.action) { padding: 0.65em 1.1em 0.65em 2.4em; clip-path: polygon(1.3em 0, 100% 0, 100% 100%, 1.3em 100%, 0 50%); }
:is(.action > a, a.action):visited { color: var(--paper); }
:is(.action > a, a.action):hover { text-decoration: underline; }
:is(.action > a, a.action):focus-visible { color: var(--on-focus); background: var(--focus); text-decoration: underline; }
@media (forced-colors: active) { .action > a, a.action { clip-path: none; border: 2px solid; } }

article > section { margin-block-start: 2.5rem; padding-block-start: 1.5rem; border-block-start: 1px solid var(--line); }
article > section h2 { font-size: 1.25rem; }
.related li { margin-block-end: 1rem; }
.related a { font-weight: 700; font-size: 1.1rem; }
.related p { margin: 0; }
.formats ul { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; }
.formats li { margin: 0; }
.formats .handout { flex-basis: 100%; font-weight: 700; }
.sources, .about, .updates, .glossary { font-size: 0.95rem; }
.checked { color: var(--quiet); white-space: nowrap; }
.about dl { display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr; gap: 0.5rem 1.25rem; margin: 0; }
.about dt { color: var(--quiet); font-weight: 400; }
.about dd { margin: 0; min-inline-size: 0; }
.about p { margin: 0 0 0.4em; }
.biography { display: block; color: var(--quiet); }
.card-facts span + span::before, .major::before { content: " · "; }
.stamp .title { display: block; }
.glossary dl { margin: 0; }
.updates li { margin-block-end: 0.8rem; }
@media (max-width: 30rem) {
  table { font-size: 0.85rem; line-height: 1.4; }
  .about dl, .resource-facts { grid-template-columns: 1fr; gap: 0; }
  .about dd, .resource-facts dd { margin-block-end: 0.6rem; }
}

.search, .finder { background: var(--ground); border-radius: 4px; padding: 1rem 1.1rem; margin-block-end: 1.5rem; }
.search label, .field label { display: block; font-weight: 700; }
.search-line { display: flex; gap: 0.5rem; margin-block: 0.35rem 0.5rem; }
.search-line input { flex: 1; min-inline-size: 0; }
.hint { color: var(--quiet); font-size: 0.85rem; }
input, select, button { font: inherit; line-height: 1.3; border-radius: 4px; padding: 0.45rem 0.7rem; min-block-size: 2.6rem; }
input, select { inline-size: 100%; background: var(--paper); color: var(--ink); border: 2px solid var(--ink); }
button { background: var(--accent); color: var(--on-accent); border: 2px solid transparent; font-weight: 700; padding-inline: 1.2rem; cursor: pointer; }
button[type="reset"] { background: none; color: var(--link); border-color: currentColor; }
input:focus-visible, select:focus-visible, button:focus-visible { outline: 3px solid var(--focus); outline-offset: 0; box-shadow: inset 0 0 0 2px var(--ink); }
button:focus-visible { background: var(--focus); color: var(--on-focus); }
.search-status:empty, .search-results:empty { display: none; }
.search-status, .finder-status { font-weight: 700; margin-block-end: 0.5rem; }
.search-results { margin-block-end: 2rem; }
.to-finder { border: 2px solid var(--accent); border-radius: 4px; padding: 0.9rem 1.1rem; }
.to-finder a { display: block; font-weight: 700; font-size: 1.2rem; }
.finder h2 { font-size: 1.2rem; display: inline; }
.finder summary { cursor: pointer; padding-block: 0.3rem; }
.finder .hint { margin-block: 0.3rem 0.8rem; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr)); gap: 0.9rem 1rem; margin-block-end: 1rem; }
.field { margin: 0; }
.field.wide { grid-column: 1 / -1; }
.choice { display: flex; align-items: center; gap: 0.6rem; }
.choice input { inline-size: 1.6rem; block-size: 1.6rem; min-block-size: 0; flex: none; margin: 0; accent-color: var(--accent); }
.choice input:focus-visible { box-shadow: none; outline-color: var(--ink); outline-offset: 2px; }
.finder details > p:last-child { margin: 0; }
.finder-untold { color: var(--quiet); }
.resource .resource-open { margin-inline-start: 0.6em; }
.resource .resource-open.is-open { color: var(--tip); font-weight: 700; }
:is(.resource, .search-results) .resource-kind { color: var(--quiet); font-size: 0.85rem; margin-block-end: 0; }
.resource .resource-confirmed { color: var(--quiet); font-size: 0.85rem; margin: 0.6rem 0 0; }
.topics ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: 1rem; }
.topics li { background: var(--ground); border-inline-start: 5px solid var(--accent); padding: 0.9rem 1.1rem; margin: 0; border-radius: 4px; }
.topics a { font-weight: 700; font-size: 1.1rem; }
.topics p { margin: 0.2rem 0 0; font-size: 0.95rem; }
.topics, .articles { margin-block-start: 2.25rem; }
.article-list li { padding-block: 1.1rem; border-block-start: 1px solid var(--line); margin: 0; }
.article-list h3 { margin-block-end: 0.25rem; }
.article-list p { margin-block-end: 0.25rem; }
.card-facts { color: var(--quiet); font-size: 0.9rem; }

.stamp > h1 { padding: 1.1rem 1.2rem; border-radius: 4px; background: var(--tip); color: var(--paper); }
.stamp:is(.old, .overdue, .moved) > h1 { background: var(--warning); }
.stamp:is(.withdrawn, .gone) > h1 { background: var(--danger); color: var(--on-danger); }
.stamp .question { border: 0; padding: 0; margin: 0 0 0.5rem; color: var(--quiet); font-weight: 700; }
.stamp section { margin-block-start: 2rem; padding-block-start: 1.25rem; border-block-start: 1px solid var(--line); }
.stamp section h2 { font-size: 1.2rem; }
.actions { margin-block: 1.5rem; display: grid; gap: 1rem; justify-items: start; }

.site-footer { background: var(--ground); border-block-start: 6px solid var(--accent); padding-block: 2rem 5rem; font-size: 0.9rem; }
.site-footer h2 { font-size: 1.15rem; }
.emergency-numbers > div { display: flex; flex-wrap: wrap; gap: 0 0.75rem; margin-block-end: 0.4rem; }
.emergency-numbers dt { min-inline-size: 8.5rem; }
.emergency-numbers dd { margin: 0; }
.footer-links { display: flex; flex-wrap: wrap; gap: 0.4rem 1.5rem; margin: 0; }
.exit-hint { background: var(--ground); border-block-end: 1px solid var(--line); font-size: 0.8rem; }
.exit-hint p { margin-block: 0; padding-block: 0.4rem; color: var(--quiet); }
.exit { position: fixed; inset-block-end: 0; inset-inline: 0; margin: 0; z-index: 1; }
.exit a { display: block; text-align: center; background: var(--danger); color: var(--on-danger); padding: 0.8rem 1.2rem; font-weight: 700; text-decoration: none; }
.exit a:focus-visible { background: var(--focus); color: var(--on-focus); }
/* In a corner only where the column leaves it free, in every language. */
@media (min-width: 90rem) {
  .exit { inset-block: auto 0.75rem; inset-inline: auto 0.75rem; }
  .exit a { border-radius: 4px; padding: 0.55rem 1.2rem; }
}
@media (min-width: 100rem) { .exit { inset-block: 0.6rem auto; } }

.feedback { margin-block-start: 2.5rem; border-block-start: 2px solid var(--line); padding-block-start: 1.2rem; }
.feedback fieldset { border: 0; margin: 0 0 1rem; padding: 0; }
.feedback legend { padding: 0; }
.feedback .choice { display: inline-flex; align-items: center; gap: 0.6rem; min-block-size: 2.75rem; margin-inline-end: 2rem; }
.feedback input[type="radio"] { inline-size: 1.5rem; block-size: 1.5rem; min-block-size: 0; padding: 0; margin: 0; accent-color: var(--accent); }
.feedback .comment { display: block; font-weight: 700; }
.feedback textarea { display: block; margin-block-end: 1rem; inline-size: 100%; min-block-size: 6rem; font: inherit; padding: 0.45rem 0.7rem; border: 2px solid var(--ink); border-radius: 4px; background: var(--paper); color: var(--ink); }
.feedback textarea:focus-visible { outline: 3px solid var(--focus); outline-offset: 0; box-shadow: inset 0 0 0 2px var(--ink); }
.feedback .trap { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

@page { margin: 16mm; }
@media print {
  :root { color-scheme: light; --paper: #fff; --ground: #fff; --ink: #000; --quiet: #333; --link: #000; --visited: #000; --danger: #000; --on-danger: #fff; --danger-ground: #fff; --warning: #000; --warning-ground: #fff; --tip: #000; --tip-ground: #fff; --note: #000; --note-ground: #fff; }
  html { font-size: 11pt; }
  .skip, .breadcrumb, .languages, .main-menu, .exit-hint, search, .finder, .finder-status, .contents, .exit, .formats, .related, .feedback, .to-urgent-help, .to-handout { display: none; }
  .column, main { max-inline-size: none; padding-inline: 0; }
  .masthead { background: none; color: #000; }
  .tag { background: none; color: #000; border: 1px solid; }
  .hero img { inline-size: auto; max-block-size: 55mm; }
  h1, h2, h3, h4, h5, h6 { break-after: avoid; }
  .urgent-help, .callout, .care-option, .resource, .question, li, tr, img { break-inside: avoid; }
  .urgent-help > :first-child { print-color-adjust: exact; }
  .step::before { background: #fff; color: #000; border: 2px solid #000; }
  .body a[href^="http"]::after { content: " (" attr(href) ")"; font-size: 0.85em; overflow-wrap: anywhere; }
  .resource-facts a[href^="http"]::after, .citation a::after { content: none !important; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`
