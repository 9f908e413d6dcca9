import type { ResolvedRoot } from '../../tree.ts'
import { paths } from '../addresses.ts'
import type { Channel, Output, RenderContext } from '../channel.ts'
import { type Letter, letterOf } from './letter.tsx'
import { fill } from './slot.ts'

export { type Letter, letterOf } from './letter.tsx'
export { type Cut, fill } from './slot.ts'

/**
 * Mails: table HTML with inline styles, and plain text. Those of an issue stand in the public archive too, as they were
 * sent, with nothing personal in them.
 */
export const email: Channel = {
  name: 'email',
  outputs({ live: { kind, locale, slug, document } }) {
    if (!document) return []
    const output = (name: string, path: string): Output => ({ name, path, pass: 1, tree: true })
    if (kind === 'article')
      return [output('html', paths.email(locale, slug, 'html')), output('text', paths.email(locale, slug, 'txt'))]
    return [
      output('html', paths.issueEmail(locale, slug, 'html')),
      output('text', paths.issueEmail(locale, slug, 'txt')),
      output('archive', paths.issue(locale, slug)),
    ]
  },
  async render(tree, context, { name, path }) {
    const { html, text } = letterFor(tree, context)
    return name === 'text'
      ? { path, type: 'text/plain; charset=utf-8', body: fill(text) }
      : { path, type: 'text/html; charset=utf-8', body: fill(html) }
  },
}

// The outputs of one document are parts of one letter: it is written once.
const written = new WeakMap<RenderContext, Letter>()

function letterFor(tree: ResolvedRoot, context: RenderContext): Letter {
  const letter = written.get(context) ?? letterOf(tree, context)
  written.set(context, letter)
  return letter
}
