import { z } from 'zod'
import { Line, Uid } from './common.ts'

/*
 * The tree every channel is compiled from: a closed subset of mdast, and our blocks beside it.
 * A block has one name, the same in the CMS, the tree, the schema and the CSS class.
 */

export const BlockId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .describe(
    'Identity of a block or an item inside one document; kept when the document is edited, exported and imported.',
  )

/** Addresses a link may have. `article:` and a uid is a link to another article, whatever its slug is today. */
export const linkPattern =
  /^(?:https?:\/\/[^\s]+|mailto:[^\s]+|tel:[0-9+*#;,.()-]+|sms:[0-9+*#;,.()?=&-]+|article:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i

export type Text = { type: 'text'; value: string }
export type Strong = { type: 'strong'; children: Phrasing[] }
export type Emphasis = { type: 'emphasis'; children: Phrasing[] }
export type Break = { type: 'break' }
export type Link = { type: 'link'; url: string; children: Phrasing[] }
export type Term = { type: 'term'; term: string; children: Phrasing[] }
export type Citation = { type: 'citation'; source: string }
export type Phrasing = Text | Strong | Emphasis | Break | Link | Term | Citation

export type Paragraph = { type: 'paragraph'; children: Phrasing[] }
export type Heading = { type: 'heading'; depth: 2 | 3 | 4; children: Phrasing[] }
export type ListItem = { type: 'listItem'; children: Flow[] }
export type List = { type: 'list'; ordered: boolean; start?: number | undefined; children: ListItem[] }
export type Blockquote = { type: 'blockquote'; children: Flow[] }
export type ThematicBreak = { type: 'thematicBreak' }
export type TableCell = { type: 'tableCell'; children: Phrasing[] }
export type TableRow = { type: 'tableRow'; children: TableCell[] }
export type Table = { type: 'table'; children: TableRow[] }

export type Item = { id: string; text: string }
export type Callout = {
  type: 'callout'
  id: string
  variant: 'note' | 'tip' | 'warning' | 'emergency'
  title?: string | undefined
  children: Flow[]
}
export type Step = { type: 'step'; id: string; title: string; time?: string | undefined; children: Flow[] }
export type Steps = { type: 'steps'; id: string; title?: string | undefined; children: Step[] }
export type CareOption = {
  type: 'care-option'
  id: string
  title: string
  whoFor: string
  questions: Item[]
  children: Flow[]
}
export type CareOptions = { type: 'care-options'; id: string; title?: string | undefined; children: CareOption[] }
export type Checklist = { type: 'checklist'; id: string; title?: string | undefined; items: Item[] }
export type DoDont = { type: 'do-dont'; id: string; title?: string | undefined; dos: Item[]; donts: Item[] }
export type Question = { type: 'question'; id: string; title: string; children: Flow[] }
export type Faq = { type: 'faq'; id: string; title?: string | undefined; children: Question[] }
export type Figure = { type: 'figure'; id: string; media: string; caption?: string | undefined }
export type Resources = { type: 'resources'; id: string; title?: string | undefined; resources: string[] }
export type CallToAction = { type: 'call-to-action'; id: string; record: string }
export type UrgentHelp = { type: 'urgent-help'; id: string; title: string; resources: string[]; children: Flow[] }
export type Snippet = { type: 'snippet'; id: string; record: string }

export type Block =
  | Callout
  | Steps
  | CareOptions
  | Checklist
  | DoDont
  | Faq
  | Figure
  | Resources
  | CallToAction
  | UrgentHelp
  | Snippet
export type Flow = Paragraph | Heading | List | Blockquote | ThematicBreak | Table | Block
export type Root = { type: 'root'; children: Flow[] }
/** Any node of the tree. */
export type Node = Root | Flow | ListItem | TableRow | TableCell | Step | CareOption | Question | Phrasing

/** The names of the blocks, in the order an editor meets them. */
export const blockNames = [
  'callout',
  'steps',
  'care-options',
  'checklist',
  'do-dont',
  'faq',
  'figure',
  'resources',
  'call-to-action',
  'urgent-help',
  'snippet',
] as const satisfies readonly Block['type'][]
/** Blocks that hold other blocks; they hold every block but these. */
export const nestingBlockNames = ['steps', 'care-options', 'faq'] as const

const phrasing = z.lazy((): z.ZodType<Phrasing[]> => z.array(Phrasing))
const flow = z.lazy((): z.ZodType<Flow[]> => z.array(Flow))
const node = <T extends string, S extends z.core.$ZodLooseShape>(type: T, description: string, shape: S) =>
  z.strictObject({ type: z.literal(type).describe('Name of the node.'), ...shape }).describe(description)
const id = BlockId
const title = Line.describe('Heading of the block, plain text.')
const children = flow.describe('Content, in reading order.')
const words = phrasing.describe('Text with its marks, in reading order.')

export const Text = node('text', 'Plain text.', { value: z.string().min(1).describe('The text itself; never markup.') })
export const Strong = node('strong', 'Important text, shown bold.', { children: words })
export const Emphasis = node('emphasis', 'Stressed text, shown italic.', { children: words })
export const Break = node('break', 'A line break inside a paragraph.', {})
export const Link = node('link', 'A link.', {
  url: z
    .string()
    .max(2000)
    .regex(linkPattern)
    .describe('http, https, mailto, tel or sms address; or `article:` and the uid of another article.'),
  children: words,
})
export const Term = node('term', 'A word explained in the glossary.', {
  term: Uid.describe('The glossary record.'),
  children: words,
})
export const Citation = node('citation', 'A mark that ties a claim to one of the sources of the document.', {
  source: BlockId.describe('`id` of the source in the `sources` of the document.'),
})
export const Phrasing: z.ZodType<Phrasing> = z.lazy(() =>
  z.discriminatedUnion('type', [Text, Strong, Emphasis, Break, Link, Term, Citation]),
)

export const Paragraph = node('paragraph', 'A paragraph.', { children: words })
export const Heading = node('heading', 'A heading of the body; the title of the document is level 1.', {
  depth: z.union([z.literal(2), z.literal(3), z.literal(4)]).describe('Level, 2 to 4.'),
  children: words,
})
export const ListItem = node('listItem', 'One item of a list.', { children })
export const List = node('list', 'A list.', {
  ordered: z.boolean().describe('Whether the items are numbered.'),
  start: z.int().min(2).optional().describe('First number of an ordered list that does not start at 1.'),
  children: z.array(ListItem).describe('The items, in order.'),
})
export const Blockquote = node('blockquote', 'Quoted text.', { children })
export const ThematicBreak = node('thematicBreak', 'A break between two subjects, shown as a line.', {})
export const TableCell = node('tableCell', 'A cell of a table.', { children: words })
export const TableRow = node('tableRow', 'A row of a table.', {
  children: z.array(TableCell).describe('The cells; as many in every row.'),
})
export const Table = node('table', 'A table. Its first row is its header.', {
  children: z.array(TableRow).describe('The rows, header first.'),
})

export const Item = z
  .strictObject({ id, text: Line.describe('The text of the item, plain.') })
  .describe('One line of a block that lists.')
const items = z.array(Item)

export const Callout = node('callout', 'A passage set apart.', {
  id,
  variant: z.enum(['note', 'tip', 'warning', 'emergency']).describe('How strongly it is set apart.'),
  title: title.optional(),
  children,
})
export const Step = node('step', 'One step.', {
  id,
  title: Line.describe('What to do, in a few words.'),
  time: Line.optional().describe('When, such as "First week".'),
  children,
})
export const Steps = node('steps', 'Numbered steps, or a course over time.', {
  id,
  title: title.optional(),
  children: z.array(Step).describe('The steps, in order.'),
})
export const CareOption = node('care-option', 'One way to get care.', {
  id,
  title: Line.describe('Name of the option.'),
  whoFor: Line.describe('Who it suits.'),
  questions: items.describe('What to ask before choosing it.'),
  children: flow.describe('What happens.'),
})
export const CareOptions = node('care-options', 'Ways to get care, side by side.', {
  id,
  title: title.optional(),
  children: z.array(CareOption).describe('The options.'),
})
export const Checklist = node('checklist', 'Things to tick off.', {
  id,
  title: title.optional(),
  items: items.describe('What to tick off.'),
})
export const DoDont = node('do-dont', 'What helps and what does not.', {
  id,
  title: title.optional(),
  dos: items.describe('What to do.'),
  donts: items.describe('What not to do.'),
})
export const Question = node('question', 'A question and its answer.', {
  id,
  title: Line.describe('The question.'),
  children: flow.describe('The answer.'),
})
export const Faq = node('faq', 'Questions people ask.', {
  id,
  title: title.optional(),
  children: z.array(Question).describe('The questions.'),
})
export const Figure = node('figure', 'A picture.', {
  id,
  media: Uid.describe('The media record, which carries the alternative text.'),
  caption: Line.optional().describe('Text under the picture.'),
})
export const Resources = node('resources', 'Helplines, services and groups, shown from their records.', {
  id,
  title: title.optional(),
  resources: z.array(Uid).describe('The resource records, in order.'),
})
export const CallToAction = node('call-to-action', 'A call to action, shown from its record.', {
  id,
  record: Uid.describe('The call-to-action record.'),
})
export const UrgentHelp = node('urgent-help', 'What to do in danger, and whom to call.', {
  id,
  title: Line.describe('Heading of the block, plain text.'),
  resources: z.array(Uid).describe('Whom to call: resource records, in order.'),
  children,
})
export const Snippet = node('snippet', 'A passage shared by many documents, shown from its record.', {
  id,
  record: Uid.describe('The snippet record.'),
})

const blocks = [
  Callout,
  Steps,
  CareOptions,
  Checklist,
  DoDont,
  Faq,
  Figure,
  Resources,
  CallToAction,
  UrgentHelp,
  Snippet,
] as const
export const Flow: z.ZodType<Flow> = z.lazy(() =>
  z.discriminatedUnion('type', [Paragraph, Heading, List, Blockquote, ThematicBreak, Table, ...blocks]),
)
export const Root = node('root', 'The body of a document.', { children })
