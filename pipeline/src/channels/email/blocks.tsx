/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
import { directionOf, type Locale, type Media, type Rendition } from 'content-schemas'
import type { ElementContent } from 'hast'
import type { Part, ResolvedFlow, ResolvedNode } from '../../tree.ts'
import { paths } from '../addresses.ts'
import { type Look, look } from './looks.ts'
import { phrasing, written } from './phrasing.tsx'
import { labelled, type Setting as ResourceSetting, reachLines, resourceLines } from './resource.tsx'

/** What the blocks of one mail share. */
export type Setting = ResourceSetting & { siteUrl: string }

type Block = ResolvedFlow | Part
type Handlers = { [T in Block['type']]: (node: Extract<Block, { type: T }>, setting: Setting) => ElementContent[] }

/** Width of the text, pixels: what pictures are shown at. */
const textWidth = 536

/** A form for every block; a block without one does not get past the types. */
const handlers: Handlers = {
  paragraph: (node, { locale }) => [el(<p {...look('paragraph')}>{phrasing(node.children, locale)}</p>)],
  heading: (node, { locale }) => [titleAt(node.data, phrasing(node.children, locale))],
  list: (node, setting) => {
    const items = node.children.map((item) => <li {...look('item')}>{compact(item.children, setting)}</li>)
    return [
      el(
        node.ordered ? (
          <ol start={node.start} {...look('list')}>
            {items}
          </ol>
        ) : (
          <ul {...look('list')}>{items}</ul>
        ),
      ),
    ]
  },
  blockquote: (node, setting) => [
    el(<blockquote {...look('quote', bar(setting, 3))}>{flow(node.children, setting)}</blockquote>),
  ],
  thematicBreak: () => [el(<hr {...look('rule')} />)],
  table: (node, { locale }) => {
    const [head, ...rows] = node.children
    return [
      el(
        <table cellPadding="0" cellSpacing="0" width="100%" style="border-collapse:collapse;margin:0 0 20px">
          <thead>
            <tr>
              {head?.children.map((cell) => (
                <th scope="col" {...look('head', start(locale))}>
                  {phrasing(cell.children, locale)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                {row.children.map((cell) => (
                  <td {...look('cell', start(locale))}>{phrasing(cell.children, locale)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>,
      ),
    ]
  },
  callout: (node, setting) => {
    const label = setting.phrases.callouts[node.variant]
    const isEmergency = node.variant === 'emergency'
    return [
      box(isEmergency ? 'alarm' : 'note', isEmergency ? '' : bar(setting, node.variant === 'warning' ? 6 : 3), [
        el(<p {...look('label')}>{label}</p>),
        ...titled(node, setting, 'boxTitle'),
        ...flow(node.children, setting),
      ]),
    ]
  },
  steps: (node, setting) => [
    ...titled(node, setting),
    ...node.children.map((step) =>
      el(
        <table role="presentation" cellPadding="0" cellSpacing="0" width="100%" style="margin:0 0 8px">
          <tr>
            <td width="48" style="vertical-align:top;padding:2px 0">
              <table role="presentation" cellPadding="0" cellSpacing="0">
                <tr>
                  <td align="center" {...look('count')}>
                    {step.data.number}
                  </td>
                </tr>
              </table>
            </td>
            <td style="vertical-align:top">
              {heading(step.data, written(step.title, setting.locale), look('h3', 'margin-top:2px'))}
              {step.time && <p {...look('label')}>{written(step.time, setting.locale)}</p>}
              {flow(step.children, setting)}
            </td>
          </tr>
        </table>,
      ),
    ),
  ],
  'care-options': (node, setting) => [
    ...titled(node, setting),
    ...node.children.map((option) =>
      box('card', '', [
        ...titled(option, setting, 'boxTitle'),
        labelled(setting.phrases.whoItIsFor, written(option.whoFor, setting.locale)),
        ...flow(option.children, setting),
        ...(option.questions.length > 0
          ? [el(<p {...look('label')}>{setting.phrases.whatToAsk}</p>), ...ticks(option.questions, setting)]
          : []),
      ]),
    ),
  ],
  checklist: (node, setting) => [...titled(node, setting), ...ticks(node.items, setting)],
  'do-dont': (node, setting) => [
    ...titled(node, setting),
    side('✓', setting.phrases.do, node.dos, 'card', setting),
    side('✗', setting.phrases.dont, node.donts, 'dashed', setting),
  ],
  faq: (node, setting) => [
    ...titled(node, setting),
    ...node.children.flatMap((question) => [...titled(question, setting), ...flow(question.children, setting)]),
  ],
  figure: (node, setting) => {
    const caption = [node.caption, node.data.media.credit].filter(Boolean).join(' · ')
    return [
      picture(node.data.media, setting),
      el(caption ? <p {...look('caption')}>{written(caption, setting.locale)}</p> : <p {...look('caption')} />),
    ]
  },
  resources: (node, setting) => [
    ...titled(node, setting),
    ...node.data.resources.map((resource) => box('card', '', resourceLines(resource, setting))),
  ],
  'call-to-action': ({ data: { record, resource, ...data } }, setting) => [
    box('box', '', [
      heading(data, written(record.heading, setting.locale), look('boxTitle')),
      ...(record.text ? [el(<p {...look('paragraph')}>{written(record.text, setting.locale)}</p>)] : []),
      ...(resource ? resourceLines(resource, setting) : []),
      ...(record.url ? [action(record.url, record.label, setting)] : []),
    ]),
  ],
  'urgent-help': (node, setting) => [
    box('alarm', '', [
      ...titled(node, setting, 'dangerTitle'),
      ...flow(node.children, setting),
      ...node.data.resources.flatMap((resource) => reachLines(resource, setting)),
    ]),
  ],
  part: (node, setting) => [
    heading(
      node.data,
      [
        el(
          <a href={node.url} {...look('link')}>
            {written(node.title, setting.locale)}
          </a>,
        ),
      ],
      look('h2'),
    ),
    ...(node.show === 'full' ? [] : [el(<p {...look('paragraph')}>{written(node.summary, setting.locale)}</p>)]),
    ...flow(node.children, setting),
    el(
      <p {...look('paragraph')}>
        <a href={node.url} {...look('link')}>
          {node.show === 'full' ? setting.phrases.readOnTheWeb : setting.phrases.readMore}
        </a>
      </p>,
    ),
  ],
}

/** Blocks as table HTML, in order. A node that has no form in mails throws: nothing is left out in silence. */
export function flow(nodes: readonly Block[], setting: Setting): ElementContent[] {
  return nodes.flatMap((node) => {
    const handler = (
      handlers as Record<string, ((node: ResolvedNode, setting: Setting) => ElementContent[]) | undefined>
    )[node.type]
    if (!handler)
      throw new Error(`E-mail has no form for "${node.type}". Give it one in email/blocks.tsx and email/text.ts.`)
    return handler(node, setting)
  })
}

// The JSX runtime's element may be a root; ours never is.
const el = (element: unknown): ElementContent => element as ElementContent

/** A single paragraph of an item stands without the space around a paragraph. */
const compact = (nodes: readonly ResolvedFlow[], setting: Setting): ElementContent[] =>
  nodes.flatMap((node) => (node.type === 'paragraph' ? phrasing(node.children, setting.locale) : flow([node], setting)))

/** Text starts at the side the language starts at; mail programs know no logical sides. */
const start = (locale: Locale): string => `text-align:${directionOf(locale) === 'rtl' ? 'right' : 'left'}`
/** A bar at the side the language starts at, instead of a border all around. */
export const bar = ({ locale }: Setting, width: number): string =>
  directionOf(locale) === 'rtl' ? `border-width:0 ${width}px 0 0` : `border-width:0 0 0 ${width}px`

const heading = (
  { depth }: { depth: number },
  words: ElementContent[],
  { className, style }: ReturnType<typeof look>,
): ElementContent => ({
  type: 'element',
  tagName: `h${depth}`,
  properties: { ...(className ? { className } : {}), style },
  children: words,
})
const titleAt = (data: { depth: number }, words: ElementContent[]): ElementContent =>
  heading(data, words, look(data.depth === 2 ? 'h2' : data.depth === 3 ? 'h3' : 'h4'))

function titled(
  node: { title?: string | undefined; data: { depth: number } },
  { locale }: Setting,
  as?: Look,
): ElementContent[] {
  if (!node.title) return []
  const words = written(node.title, locale)
  return [as ? heading(node.data, words, look(as)) : titleAt(node.data, words)]
}

/** A box: one cell of a table, which every mail program can draw. */
export const box = (as: Look, more: string, content: ElementContent[]): ElementContent =>
  el(
    <table role="presentation" cellPadding="0" cellSpacing="0" width="100%" style="margin:0 0 18px">
      <tr>
        <td {...look(as, more)}>{content}</td>
      </tr>
    </table>,
  )

const ticks = (items: readonly { text: string }[], setting: Setting): ElementContent[] => [marks('☐', items, setting)]

function side(mark: string, label: string, items: readonly { text: string }[], as: Look, setting: Setting) {
  return box(as, '', [el(<p {...look('boxTitle')}>{label}</p>), marks(mark, items, setting)])
}

/** A list whose marks are characters: bullets of its own would be lost in some programs. */
const marks = (mark: string, items: readonly { text: string }[], { locale }: Setting): ElementContent =>
  el(
    <table role="presentation" cellPadding="0" cellSpacing="0" style="margin:0 0 10px">
      {items.map(({ text }) => (
        <tr>
          <td width="30" {...look('last', 'vertical-align:top')}>
            {mark}
          </td>
          <td {...look('last', 'vertical-align:top;padding-bottom:4px')}>{written(text, locale)}</td>
        </tr>
      ))}
    </table>,
  )

/** A link that looks like a button: a cell with a background. */
const action = (url: string, label: string, { locale }: Setting): ElementContent =>
  el(
    <table role="presentation" cellPadding="0" cellSpacing="0" style="margin:4px 0 8px">
      <tr>
        <td {...look('action')}>
          <a href={url} {...look('actionText')}>
            {written(label, locale)}
          </a>
        </td>
      </tr>
    </table>,
  )

/** A picture of the publication's own, never one from elsewhere. Decorative ones have an empty alternative text. */
export function picture(media: Media, { siteUrl }: Setting): ElementContent {
  const rendition = shownRendition(media)
  const width = Math.min(rendition.width, textWidth)
  return el(
    <img
      src={siteUrl + paths.object(rendition.sha256)}
      alt={media.decorative ? '' : media.alt}
      width={width}
      height={Math.round((rendition.height / rendition.width) * width)}
      {...look('picture', `max-width:${width}px`)}
    />,
  )
}

function shownRendition({ renditions, slug }: Media): Rendition {
  const usable = renditions.filter(({ type }) => type === 'image/jpeg' || type === 'image/png')
  const found = usable.find(({ purpose }) => purpose === 'email') ?? usable[0]
  if (!found) throw new Error(`The picture "${slug}" has no size mail programs show. Upload it again as PNG or JPEG.`)
  return found
}
