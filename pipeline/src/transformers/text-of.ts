import type { blocks } from 'content-schemas'

type WithText = { value?: string; type?: string; children?: readonly object[] }

/** The plain text of a node: its marks gone, line breaks as spaces, citations as nothing. */
export function textOf(node: blocks.Node | { children: readonly object[] }): string {
  const { value, type, children } = node as WithText
  if (value !== undefined) return value
  if (type === 'break') return ' '
  let text = ''
  if (children) for (const child of children) text += textOf(child as blocks.Node)
  return text
}
