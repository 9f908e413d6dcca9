/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
import { directionOf, type Locale } from 'content-schemas'
import type { ElementContent } from 'hast'
import { directedRuns, withoutDirectionControls } from '../../bidi.ts'
import type { ResolvedPhrasing } from '../../tree.ts'
import { look } from './looks.ts'

/** An author's text; in right-to-left languages addresses and telephone numbers are isolated. */
export const written = (text: string, locale: Locale): ElementContent[] =>
  directionOf(locale) === 'ltr'
    ? [{ type: 'text', value: withoutDirectionControls(text) }]
    : (directedRuns(text).map((run) =>
        run.ltr ? <span dir="ltr">{run.text}</span> : { type: 'text', value: run.text },
      ) as ElementContent[])

/** The words of a node, in reading order. */
export const phrasing = (nodes: readonly ResolvedPhrasing[], locale: Locale): ElementContent[] =>
  nodes.flatMap((node) => phrase(node, locale))

function phrase(node: ResolvedPhrasing, locale: Locale): ElementContent[] {
  switch (node.type) {
    case 'text':
      return written(node.value, locale)
    case 'strong':
      return one(<strong>{phrasing(node.children, locale)}</strong>)
    case 'emphasis':
      return one(<em>{phrasing(node.children, locale)}</em>)
    case 'break':
      return one(<br />)
    case 'term':
      return one(
        <span {...look('term')} title={node.data.definition.definition}>
          {phrasing(node.children, locale)}
        </span>,
      )
    case 'citation':
      return one(<sup dir="ltr">[{node.data.number}]</sup>)
    case 'link':
      return one(
        <a href={node.url} {...look('link')}>
          {phrasing(node.children, locale)}
        </a>,
      )
    default:
      throw new Error(
        `E-mail has no form for "${(node as { type: string }).type}". Give it one in email/phrasing.tsx and email/text.ts.`,
      )
  }
}

// The JSX runtime's element may be a root; ours never is.
const one = (element: unknown): ElementContent[] => [element as ElementContent]
