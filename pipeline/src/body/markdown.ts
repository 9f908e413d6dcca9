import type { blocks, Document, IssueItem, Message } from 'content-schemas'
import type { Nodes, Root } from 'mdast'
import { type FrontMatter, splitFrontMatter, writeFrontMatter } from './front-matter.ts'
import { findExcess, limits, tooDeep } from './limits.ts'
import { readTree } from './markdown-reader.ts'
import { parse } from './markdown-syntax.ts'
import { type NameOf, writeTree } from './markdown-writer.ts'
import { type Positions, plainLine, settle } from './normal-form.ts'

/*
 * Markdown files and documents, both directions. README.md describes the grammar to those who write it.
 */

/** A Markdown file, read. Pointers, in messages and positions, are those of the document it becomes: `/title`, `/body/children/0`. */
export type ParsedMarkdown = {
  /** As written, keys unchecked. A heading of level 1 at the start of the body is its `title`, if it gives none. */
  frontMatter: FrontMatter
  /** In normal form. */
  tree: blocks.Root
  messages: Message[]
  positions: Positions
}

/**
 * Reads a Markdown file. Never throws for content: what has no home in the tree becomes a message with its place, and its
 * text stays; a text beyond the limits gives an empty tree and the message. Runs in this process: give it files of people
 * you do not know through `readMarkdown`, which can be stopped.
 */
export function fromMarkdown(text: string): ParsedMarkdown {
  const { frontMatter, body, lines, messages, positions } = splitFrontMatter(text.replace(/^\uFEFF/, ''))
  const parsed = parseBody(body)
  if ('excess' in parsed) {
    return { frontMatter, tree: emptyTree(), messages: [...messages, movedDown(parsed.excess, lines)], positions }
  }
  const title = takeTitle(parsed.root, frontMatter)
  const read = readBody(parsed.root, body, lines)
  return {
    frontMatter: title ? { ...frontMatter, title: title.text } : frontMatter,
    tree: read.tree,
    messages: [...messages, ...read.messages],
    positions: { ...positions, ...(title && { '/title': { line: title.line + lines, column: 1 } }), ...read.positions },
  }
}

/** Reads a tree that another format was turned into, as `fromMarkdown` does its own. Nothing in it has a line. */
export function fromMdast(root: Root, frontMatter: FrontMatter = {}): ParsedMarkdown {
  if (findDeep(root)) return { frontMatter, tree: emptyTree(), messages: [tooDeep(undefined)], positions: {} }
  const title = takeTitle(root, frontMatter)
  return { frontMatter: title ? { ...frontMatter, title: title.text } : frontMatter, ...readBody(root, '', 0) }
}

/** Reads Markdown that is a body only, such as that of a snippet; no front matter, no title. Pointers start with `base`. */
export function bodyFromMarkdown(markdown: string, base = '/body'): Omit<ParsedMarkdown, 'frontMatter'> {
  const parsed = parseBody(markdown)
  if ('excess' in parsed) return { tree: emptyTree(), messages: [parsed.excess], positions: {} }
  return readBody(parsed.root, markdown, 0, base)
}

/** A document as a Markdown file: front matter, then the body. What is empty is left out. */
export function toMarkdown(document: Document, options: { nameOf?: NameOf } = {}): string {
  const frontMatter = documentFrontMatter(document)
  if (document.kind === 'issue') return frontMatter
  const body = bodyToMarkdown(document.body, options)
  return body ? `${frontMatter}\n${body}` : frontMatter
}

/** A tree in normal form as Markdown, ending with a line end; '' for an empty one. */
export const bodyToMarkdown = (tree: blocks.Root, options: { nameOf?: NameOf } = {}): string =>
  writeTree(tree, options.nameOf)

function documentFrontMatter(document: Document): string {
  if (document.kind === 'article') {
    const { kind: _, body: __, review, ...fields } = document
    const reviewed = Object.entries(review).filter(([, value]) => value !== null)
    return writeFrontMatter({ ...fields, review: reviewed.length ? Object.fromEntries(reviewed) : null })
  }
  const { kind: _, newsletter, items, ...fields } = document
  return writeFrontMatter({ ...fields, newsletter: newsletter.slug, items: items.map(writtenItem) })
}

function writtenItem(item: IssueItem): FrontMatter {
  switch (item.kind) {
    case 'article':
      return { article: item.article, show: item.show }
    case 'resource':
      return { resource: item.resource }
    case 'call-to-action':
      return { callToAction: item.record }
    case 'text':
      return { text: bodyToMarkdown(item.body) }
  }
}

const emptyTree = (): blocks.Root => ({ type: 'root', children: [] })

function parseBody(body: string): { root: Root } | { excess: Message } {
  const excess = findExcess(body)
  if (excess) return { excess }
  try {
    const root = parse(body)
    const tooDeepAt = findDeep(root)
    return tooDeepAt ? { excess: tooDeep(tooDeepAt.position?.start.line) } : { root }
  } catch (error) {
    if (error instanceof RangeError) return { excess: tooDeep(undefined) }
    throw error
  }
}

const movedDown = (message: Message, lines: number): Message =>
  message.place.line ? { ...message, place: { ...message.place, line: message.place.line + lines } } : message

function readBody(root: Root, source: string, lines: number, base = '/body'): Omit<ParsedMarkdown, 'frontMatter'> {
  const { tree, messages } = readTree(root, source, lines)
  const positions = settle(tree, base)
  return { tree, messages: messages.map((message) => rebased(message, base)), positions }
}

const rebased = (message: Message, base: string): Message =>
  message.place.pointer === '/body' ? { ...message, place: { ...message.place, pointer: base } } : message

// Each level of blocks takes up to three of the tree, and so do the marks inside of them.
const maxTreeDepth = limits.depth * 4

/** A node that is too deep, found without recursion, for which it would be. */
function findDeep(root: Root): Nodes | undefined {
  const open: { node: Nodes; depth: number }[] = [{ node: root, depth: 1 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, depth } = next
    if (depth > maxTreeDepth) return node
    if ('children' in node) for (const child of node.children) open.push({ node: child, depth: depth + 1 })
  }
  return undefined
}

/** Takes a heading of level 1 off the start of the body where it is the title: the only one, or the same as in the front matter. */
function takeTitle(root: Root, { title }: FrontMatter): { text: string; line: number } | undefined {
  const [first] = root.children
  if (first?.type !== 'heading' || first.depth !== 1) return undefined
  if (!first.children.every((child) => child.type === 'text')) return undefined
  const text = plainLine(first.children.map(({ value }) => value).join(''))
  const isOnly = root.children.filter((node) => node.type === 'heading' && node.depth === 1).length === 1
  if (!text || (title === undefined ? !isOnly : title !== text)) return undefined
  root.children.shift()
  return { text, line: first.position?.start.line ?? 1 }
}
