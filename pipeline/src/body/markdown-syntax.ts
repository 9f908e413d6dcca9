import type { Root } from 'mdast'
import { directiveFromMarkdown } from 'mdast-util-directive'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { directive } from 'micromark-extension-directive'
import { gfmTable } from 'micromark-extension-gfm-table'
import remarkParse from 'remark-parse'
import { unified } from 'unified'

/*
 * The syntax: CommonMark, tables, and directives. No bare addresses, no footnotes, no strikethrough.
 */

type Syntax = ReturnType<typeof directive>
type Constructs = NonNullable<Syntax['text']>[string]
type Construct = Exclude<NonNullable<Constructs>, readonly unknown[]>
type Tokenize = Construct['tokenize']

const inlineNames = ['term', 'cite']

/** Whether `:term[`, `:term{`, `:cite[` or `:cite{` stands here. */
const tokenizeOpening: Tokenize = (effects, ok, nok) => {
  let read = ''
  return (code) => {
    effects.enter('data')
    effects.consume(code)
    return next
  }
  function next(code: number | null) {
    if (code !== null && code > 96 && code < 123 && read.length < 4) {
      read += String.fromCharCode(code)
      effects.consume(code)
      return next
    }
    effects.exit('data')
    return (code === 91 || code === 123) && inlineNames.includes(read) ? ok(code) : nok(code)
  }
}

/**
 * Directives as micromark has them, but in prose only those that mean something here:
 * “10:30”, “(5.3:1)” and “a :word” are text, with whatever marks and links stand beside them.
 */
function knownDirectives(): Syntax {
  const { flow, text } = directive()
  const any = [text![58]!].flat()[0] as Construct
  const known: Construct = {
    ...any,
    tokenize(effects, ok, nok) {
      const opening = { tokenize: tokenizeOpening, partial: true }
      return effects.check(opening, any.tokenize.call(this, effects, ok, nok), nok)
    },
  }
  return { flow: flow!, text: { 58: known } }
}

const parser = unified()
  .use(remarkParse)
  .data('micromarkExtensions', [gfmTable(), knownDirectives()])
  .data('fromMarkdownExtensions', [gfmTableFromMarkdown(), directiveFromMarkdown()])
  .freeze()

/** mdast of a Markdown text, with positions. Time and stack grow with nesting: see `findExcess`. */
export const parse = (markdown: string): Root => parser.parse(markdown)
