import {
  $getNearestNodeFromDOMNode,
  $isTextNode,
  getNearestEditorFromDOMNode,
} from '@payloadcms/richtext-lexical/lexical'
import type { ClientField } from 'payload'
import type { Passage } from '../../review/remaining.ts'

/*
 * From the place a message names to the form on the screen. A pointer is into the document; the form has the same
 * fields, and the text has its nodes in the same order but for empty lines, which the document does not keep.
 */

/** Brings a place into view, with the cursor in it: the words it is about, else the block or field that holds them. */
export async function showPlace(pointer: string, passage: Passage | null, fields: ClientField[]): Promise<void> {
  const [name = '', ...inside] = pointer.split('/').slice(1)
  openTabOf(name, fields)
  const field = await fieldAt([name, ...inside])
  if (!field) return
  const text = field.querySelector<HTMLElement>('.ContentEditable__root')
  const block = text && blockAt(text, inside)
  const found = text && passage ? passagesIn(text, passage) : []
  const words = found.find(({ node }) => block?.contains(node)) ?? found[0]
  const target = words?.node.parentElement ?? block ?? text ?? field
  target.scrollIntoView({ block: 'center' })
  if (words) select(words)
  else focusIn(target)
  mark(target)
}

/**
 * Replaces words in the text, through the editor that holds them. Returns false, and changes nothing, unless they stand
 * there exactly once with the same characters around them.
 */
export function replaceInText(field: string, passage: Passage, replacement: string): boolean {
  const text = document.querySelector<HTMLElement>(`[data-field-path="${field}"] .ContentEditable__root`)
  const [found, ...others] = text ? passagesIn(text, passage) : []
  const editor = found && getNearestEditorFromDOMNode(found.node)
  if (!found || !editor || others.length > 0) return false
  let isDone = false
  const change = () => {
    const node = $getNearestNodeFromDOMNode(found.node)
    if (!$isTextNode(node) || node.getTextContent() !== found.node.data) return
    node.spliceText(found.start, passage.words.length, replacement, true)
    isDone = true
  }
  editor.update(change, { discrete: true })
  return isDone
}

/** Tabs render their fields while they are open. */
function openTabOf(name: string, fields: ClientField[]): void {
  const tabs = fields.find((field) => field.type === 'tabs')?.tabs ?? []
  const index = tabs.findIndex((tab) => tab.fields.some((field) => 'name' in field && field.name === name))
  if (index >= 0) document.querySelectorAll<HTMLElement>('.tabs-field__tab-button')[index]?.click()
}

/** The innermost field of a path that is on the screen, once its tab has been rendered, and its editor if it has one. */
async function fieldAt(path: readonly string[]): Promise<HTMLElement | undefined> {
  for (let frame = 0; frame < 120; frame++) {
    const found = innermost(path)
    if (found && (!found.matches('.rich-text-lexical') || found.querySelector('.ContentEditable__root'))) return found
    await new Promise(requestAnimationFrame)
  }
  return innermost(path)
}

function innermost(path: readonly string[]): HTMLElement | undefined {
  for (let length = path.length; length > 0; length--) {
    const names = path.slice(0, length)
    const [id, name] = [CSS.escape(names.join('__')), CSS.escape(names.join('.'))]
    const found = document.querySelector<HTMLElement>(`#field-${id}, [data-field-path="${name}"]`)
    if (found) return found
  }
  return undefined
}

function blockAt(text: HTMLElement, [list, index]: readonly string[]): HTMLElement | undefined {
  if (list !== 'children') return undefined
  const blocks = [...text.children].filter((child) => child.tagName !== 'P' || child.textContent?.trim())
  return blocks[Number(index)] as HTMLElement | undefined
}

type Words = { node: Text; start: number; end: number }

/** Where a passage stands, in the text and in the texts of its blocks. Formatting may cut what is around it short. */
function passagesIn(text: HTMLElement, { before, words, after }: Passage): Words[] {
  const found: Words[] = []
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode as Text
    for (let start = node.data.indexOf(words); start >= 0; start = node.data.indexOf(words, start + 1)) {
      const end = start + words.length
      const isSame =
        before.endsWith(node.data.slice(Math.max(0, start - before.length), start)) &&
        after.startsWith(node.data.slice(end, end + after.length))
      if (isSame) found.push({ node, start, end })
    }
  }
  return found
}

function select({ node, start, end }: Words): void {
  node.parentElement?.closest<HTMLElement>('[contenteditable="true"]')?.focus({ preventScroll: true })
  document.getSelection()?.setBaseAndExtent(node, start, node, end)
}

const focusable = 'input:not([type="hidden"]), textarea, select, [contenteditable="true"], button'

function focusIn(element: HTMLElement): void {
  const target = element.matches(focusable) ? element : element.querySelector<HTMLElement>(focusable)
  const editor = element.closest<HTMLElement>('[contenteditable="true"]')
  ;(target ?? editor)?.focus({ preventScroll: true })
}

/** Shows for a moment which place was meant. */
function mark(element: HTMLElement): void {
  element.classList.add('signpost-shown')
  setTimeout(() => element.classList.remove('signpost-shown'), 2000)
}
