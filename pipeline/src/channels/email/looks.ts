import type { Locale } from 'content-schemas'

/*
 * How a mail looks. Mail programs read inline styles; the small style sheet only turns colours over for dark mode.
 * Every pair of colours used together has a contrast of 4.5 or more, in both schemes.
 */

const light = {
  back: '#eef2f2',
  sheet: '#ffffff',
  ink: '#1c2529',
  quiet: '#4a585e',
  accent: '#0f4c5c',
  line: '#b8c4c8',
  box: '#f1f5f5',
  danger: '#8f1d1d',
  dangerBox: '#fcf3f1',
}
const dark: typeof light = {
  back: '#0f1517',
  sheet: '#182023',
  ink: '#e9eff0',
  quiet: '#b4c1c5',
  accent: '#8fd0de',
  line: '#4a585e',
  box: '#222c30',
  danger: '#ffb3a8',
  dangerBox: '#361f1d',
}

const gap = 'margin:0 0 16px'
const text = `color:${light.ink};font-size:16px;line-height:1.55`
const heading = `color:${light.accent};font-weight:bold;line-height:1.3`

/** Inline styles by what they are for; the class is what dark mode turns over. */
const looks = {
  back: ['back', `background-color:${light.back};margin:0;padding:0`],
  sheet: ['sheet', `background-color:${light.sheet};width:100%;max-width:600px`],
  inside: ['', 'padding:28px 32px 8px'],
  paragraph: ['ink', `${gap};${text}`],
  last: ['ink', `margin:0;${text}`],
  lead: ['ink', `margin:0;color:${light.ink};font-size:19px;line-height:1.45`],
  quiet: ['quiet', `margin:0 0 8px;color:${light.quiet};font-size:14px;line-height:1.5`],
  small: ['quiet', `margin:0 0 10px;color:${light.quiet};font-size:13px;line-height:1.5`],
  label: ['quiet', `margin:0 0 4px;color:${light.quiet};font-size:14px;font-weight:bold;line-height:1.5`],
  h1: ['accent', `margin:0 0 12px;${heading};font-size:28px;line-height:1.2`],
  h2: ['accent', `margin:32px 0 12px;${heading};font-size:22px`],
  h3: ['accent', `margin:24px 0 10px;${heading};font-size:18px`],
  h4: ['accent', `margin:20px 0 8px;${heading};font-size:16px`],
  boxTitle: ['ink', `margin:0 0 8px;color:${light.ink};font-weight:bold;font-size:17px;line-height:1.3`],
  dangerTitle: ['danger', `margin:0 0 10px;color:${light.danger};font-weight:bold;font-size:20px;line-height:1.3`],
  link: ['accent', `color:${light.accent};text-decoration:underline`],
  number: ['ink', `color:${light.ink};font-size:24px;font-weight:bold;line-height:1.3;text-decoration:none`],
  term: ['', 'border-bottom:1px dotted'],
  list: ['ink', `margin:0 0 16px;padding:0 24px;${text}`],
  item: ['', 'margin:0 0 6px'],
  rule: ['line', `border:0;border-top:1px solid ${light.line};margin:28px 0;height:0`],
  quote: ['line quiet', `margin:0 0 16px;padding:0 16px;border:solid ${light.line};color:${light.quiet}`],
  box: ['box line', `background-color:${light.box};border:1px solid ${light.line};padding:16px 18px 4px`],
  card: ['line', `border:1px solid ${light.line};padding:16px 18px 4px`],
  note: ['box accentLine', `background-color:${light.box};border:solid ${light.accent};padding:14px 18px 2px`],
  alarm: [
    'dangerBox dangerLine',
    `background-color:${light.dangerBox};border:2px solid ${light.danger};padding:18px 20px 4px`,
  ],
  dashed: ['line', `border:1px dashed ${light.quiet};padding:10px 16px`],
  cell: ['ink line', `border-bottom:1px solid ${light.line};padding:8px 10px;${text};vertical-align:top`],
  head: [
    'ink box accentLine',
    `background-color:${light.box};border-bottom:2px solid ${light.accent};padding:8px 10px;${text};font-weight:bold`,
  ],
  count: [
    'badge',
    `background-color:${light.accent};border-radius:16px;color:${light.sheet};font-size:16px;font-weight:bold;line-height:32px;width:32px;height:32px`,
  ],
  action: ['badge', `background-color:${light.accent};border-radius:4px;padding:12px 22px`],
  actionText: ['badgeText', `color:${light.sheet};font-size:16px;font-weight:bold;text-decoration:none`],
  picture: ['', 'display:block;border:0;width:100%;height:auto'],
  caption: ['quiet', `margin:8px 0 16px;color:${light.quiet};font-size:14px;line-height:1.45`],
  foot: ['quiet line', `border-top:1px solid ${light.line};padding:20px 32px 28px;color:${light.quiet}`],
} as const satisfies Record<string, readonly [string, string]>
export type Look = keyof typeof looks

/** Class and inline style of a part of a mail; what `more` says takes the place of what the style says of the same. */
export function look(name: Look, more = ''): { className?: string[]; style: string } {
  const [classes, style] = looks[name]
  const all = merged(more ? `${style};${more}` : style)
  return classes ? { className: classes.split(' '), style: all } : { style: all }
}

/** Every property once: some mail programs take the first of two. */
function merged(style: string): string {
  const properties = new Map<string, string>()
  for (const rule of style.split(';')) {
    const name = rule.slice(0, rule.indexOf(':'))
    // Taken out first, so that a `border-width` still stands after the `border` it changes.
    properties.delete(name)
    properties.set(name, rule)
  }
  return [...properties.values()].join(';')
}

/** Fonts every machine has. */
export const fontsOf = (locale: Locale): string =>
  locale === 'ar'
    ? "font-family:'Segoe UI',Tahoma,'Noto Naskh Arabic','Noto Sans Arabic',Arial,sans-serif"
    : "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

/** The style sheet: dark colours, and less margin on a phone. */
export const styleSheet = `
@media (prefers-color-scheme: dark) {
  .back { background-color: ${dark.back} !important }
  .sheet { background-color: ${dark.sheet} !important }
  .ink { color: ${dark.ink} !important }
  .quiet { color: ${dark.quiet} !important }
  .accent { color: ${dark.accent} !important }
  .danger { color: ${dark.danger} !important }
  .box { background-color: ${dark.box} !important }
  .dangerBox { background-color: ${dark.dangerBox} !important }
  .line { border-color: ${dark.line} !important }
  .accentLine { border-color: ${dark.accent} !important }
  .dangerLine { border-color: ${dark.danger} !important }
  .badge { background-color: ${dark.accent} !important; color: ${dark.back} !important }
  .badgeText { color: ${dark.back} !important }
}
@media (max-width: 480px) {
  .inside { padding: 20px 18px 4px !important }
  .foot { padding: 18px !important }
}`
