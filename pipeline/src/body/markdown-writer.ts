import type { blocks } from 'content-schemas'
import { gfmTableToMarkdown } from 'mdast-util-gfm-table'
import remarkStringify, { type Options } from 'remark-stringify'
import { unified } from 'unified'
import { textOf } from './normal-form.ts'

/*
 * From our tree to Markdown. Each block is written as one directive; mdast-util-to-markdown does the rest.
 */

type Handle = NonNullable<NonNullable<Options['handlers']>['paragraph']>
type State = Parameters<Handle>[2]

/** A name for a record, written beside its key for those who read the file; it means nothing. */
export type NameOf = (kind: 'resources', uid: string) => string | undefined

/** A tree in normal form as Markdown, with a line end at its end; '' for an empty one. */
export function writeTree(tree: blocks.Root, nameOf: NameOf = () => undefined): string {
  if (!tree.children.length) return ''
  const children = tree.children.map((node) => withDirectives(node, nameOf))
  return writer.stringify({ type: 'root', children } as never)
}

/** One directive: `:`, `::` or `:::` by its kind; values that are undefined are left out. */
type Directive = {
  type: 'directive'
  kind: 'text' | 'leaf' | 'container'
  name: string
  label: string | undefined
  attributes: Record<string, string | undefined>
  children: object[]
}

const directive = (
  kind: Directive['kind'],
  name: string,
  label: string | undefined,
  attributes: Directive['attributes'],
  children: object[] = [],
): Directive => ({ type: 'directive', kind, name, label, attributes, children })

function withDirectives(node: blocks.Flow, nameOf: NameOf): object {
  const flow = (children: readonly blocks.Flow[]) => children.map((child) => withDirectives(child, nameOf))
  switch (node.type) {
    case 'callout':
      return directive('container', 'callout', node.title, { id: node.id, variant: node.variant }, flow(node.children))
    case 'steps': {
      const steps = node.children.map(({ id, title, time, children }) =>
        directive('container', 'step', title, { id, time }, flow(children)),
      )
      return directive('container', 'steps', node.title, { id: node.id }, steps)
    }
    case 'care-options': {
      const options = node.children.map(({ id, title, whoFor, questions, children }) => {
        const asks = questions.map((question) => directive('leaf', 'ask', question.text, { id: question.id }))
        return directive('container', 'care-option', title, { id, for: whoFor }, [...flow(children), ...asks])
      })
      return directive('container', 'care-options', node.title, { id: node.id }, options)
    }
    case 'checklist':
      return directive(
        'container',
        'checklist',
        node.title,
        { id: node.id, ids: idsOf(node.items) },
        listOf(node.items),
      )
    case 'do-dont': {
      const parts = [
        directive('container', 'do', undefined, { ids: idsOf(node.dos) }, listOf(node.dos)),
        directive('container', 'dont', undefined, { ids: idsOf(node.donts) }, listOf(node.donts)),
      ]
      return directive(
        'container',
        'do-dont',
        node.title,
        { id: node.id },
        parts.filter((part) => part.children.length),
      )
    }
    case 'faq': {
      const questions = node.children.map(({ id, title, children }) =>
        directive('container', 'question', title, { id }, flow(children)),
      )
      return directive('container', 'faq', node.title, { id: node.id }, questions)
    }
    case 'figure':
      return directive('leaf', 'figure', node.caption, { id: node.id, media: node.media })
    case 'resources': {
      const items = node.resources.map((uid) => resourceItem(uid, nameOf('resources', uid) ?? uid))
      return directive('container', 'resources', node.title, { id: node.id }, listWith(items))
    }
    case 'call-to-action':
    case 'snippet':
      return directive('leaf', node.type, undefined, { id: node.id, record: node.record })
    case 'urgent-help': {
      const resources = node.resources.join(' ') || undefined
      return directive('container', 'urgent-help', node.title, { id: node.id, resources }, flow(node.children))
    }
    case 'list':
      return tight(node, nameOf)
    default:
      return node
  }
}

const tight = (list: blocks.List, nameOf: NameOf): object => ({
  ...list,
  spread: false,
  children: list.children.map((item) => ({
    ...item,
    spread: false,
    children: item.children.map((child) => withDirectives(child, nameOf)),
  })),
})

const idsOf = (items: readonly blocks.Item[]): string | undefined => items.map(({ id }) => id).join(' ') || undefined
const paragraph = (child: object) => ({ type: 'paragraph', children: [child] })
const listWith = (items: object[]): object[] =>
  items.length
    ? [
        {
          type: 'list',
          ordered: false,
          spread: false,
          children: items.map((child) => ({ type: 'listItem', spread: false, children: [child] })),
        },
      ]
    : []
const listOf = (items: readonly blocks.Item[]): object[] =>
  listWith(items.map(({ text }) => paragraph({ type: 'text', value: text })))
const resourceItem = (uid: string, name: string): object =>
  paragraph({ type: 'link', url: `resource:${uid}`, children: [{ type: 'text', value: name }] })

function writeDirective({ kind, name, label, attributes, children }: Directive, state: State): string {
  const exit = state.enter('directive' as never)
  const written = `${name}${writeLabel(label, state)}${writeAttributes(attributes)}`
  const content = children.length ? state.containerFlow({ type: 'root', children } as never, start) : ''
  exit()
  if (kind !== 'container') return `${kind === 'leaf' ? '::' : ':'}${written}`
  const colons = [...content.matchAll(/^:{3,}/gm)].map(([fence]) => fence.length)
  const fence = ':'.repeat(Math.max(2, ...colons) + 1)
  // A line right after a table would be a row of it.
  const endsInTable = (children.at(-1) as { type?: string } | undefined)?.type === 'table'
  return [`${fence}${written}`, ...(content ? [content] : []), ...(endsInTable ? [''] : []), fence].join('\n')
}

const start = { now: { line: 1, column: 1 }, lineShift: 0 }

function writeLabel(label: string | undefined, state: State): string {
  if (!label) return ''
  const exits = [state.enter('phrasing'), state.enter('label')]
  const value = state.safe(label, { before: '[', after: ']' })
  for (const exit of exits.reverse()) exit()
  return `[${value}]`
}

function writeAttributes(attributes: Directive['attributes']): string {
  const written = Object.entries(attributes).flatMap(([name, value]) => {
    if (value === undefined) return []
    if (name === 'id') return [`#${value}`]
    return [/^[A-Za-z0-9_-]+$/.test(value) ? `${name}=${value}` : `${name}="${escaped(value)}"`]
  })
  return written.length ? `{${written.join(' ')}}` : ''
}

const escaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

/** `peek` is the character it starts with, which the text before it has to know. */
const handle = (write: (node: never, state: State) => string, peek: string): Handle =>
  Object.assign<Handle, object>((node, _, state) => write(node as never, state), { peek: () => peek })

/**
 * Text as mdast-util-to-markdown writes it, but for underscores beside characters outside of the basic plane: it takes
 * them for letters and leaves such an underscore alone; to a parser many are symbols, beside which it may end emphasis.
 */
const writeText: Handle = (node: blocks.Text, parent, state, info) => {
  const siblings = parent?.children ?? []
  const index = state.indexStack.at(-1)!
  const value = state.safe(node.value, { ...info, beforeNode: siblings[index - 1], afterNode: siblings[index + 1] })
  return value.replace(/(?<![\\_])_+(?=[\uD800-\uDBFF])|(?<=[\uDC00-\uDFFF])_+/g, (run) => run.replaceAll('_', '\\_'))
}

const handlers: Record<string, Handle> = {
  text: writeText,
  directive: handle(writeDirective, ':'),
  term: handle(
    (node: blocks.Term, state) =>
      writeDirective(directive('text', 'term', textOf(node.children), { of: node.term }), state),
    ':',
  ),
  citation: handle(
    (node: blocks.Citation, state) =>
      writeDirective(directive('text', 'cite', undefined, { source: node.source }), state),
    ':',
  ),
  break: handle((_, state) => (state.stack.includes('tableCell') ? '<br>' : '\\\n'), '\\'),
}

const writer = unified()
  .use(remarkStringify, {
    bullet: '-',
    rule: '*',
    resourceLink: true,
    handlers,
    unsafe: [
      { character: ':', after: '(?:term|cite)[\\[{]', inConstruct: 'phrasing' },
      { character: ':', afterNode: 'term', inConstruct: 'phrasing' },
      { character: ':', afterNode: 'citation', inConstruct: 'phrasing' },
      { atBreak: true, character: ':', after: ':' },
      // The name in an e-mail address between angle brackets starts with more than letters.
      { character: '<', after: "[\\d.#$%&'*+=^_`{|}~-]", inConstruct: 'phrasing' },
    ] as NonNullable<Options['unsafe']>,
  })
  .data('toMarkdownExtensions', [gfmTableToMarkdown({ tablePipeAlign: false })])
  .freeze()
