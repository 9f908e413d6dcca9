import { z } from 'zod'

/** Where in a document a message points. */
export const Place = z
  .strictObject({
    pointer: z
      .string()
      .describe('JSON Pointer (RFC 6901) into the document, such as `/body/children/3`; empty for the whole document.'),
    start: z
      .int()
      .min(0)
      .optional()
      .describe(
        'First character of the passage, in UTF-16 code units from the start of the text of the node pointed at.',
      ),
    end: z.int().min(0).optional().describe('The character after the last of the passage, counted as `start`.'),
    line: z
      .int()
      .min(1)
      .optional()
      .describe('Line in the source file, counted from 1; only for documents read from Markdown.'),
    column: z
      .int()
      .min(1)
      .optional()
      .describe('Column in the source file, counted from 1; only for documents read from Markdown.'),
  })
  .describe('A place in a document.')
export type Place = z.infer<typeof Place>

/** One finding about a document: what is wrong, where, and what to do. Machines read `rule`, people read `reason` and `fix`. */
export const Message = z
  .strictObject({
    rule: z
      .string()
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
      .describe('Stable id of the rule, kebab-case. The same on every door.'),
    severity: z.enum(['block', 'advise']).describe('`block` stops a publication, `advise` does not.'),
    waivable: z.boolean().describe('Whether a publisher may waive a blocking message with a reason.'),
    reason: z.string().min(1).describe('What is wrong and why it matters: one or two plain sentences.'),
    fix: z.string().min(1).optional().describe('What to do about it: one plain sentence.'),
    place: Place,
    places: z
      .array(Place)
      .optional()
      .describe('Further places it is about, such as the hardest sentences of a section, hardest first.'),
    replacements: z
      .array(z.string().min(1))
      .optional()
      .describe('What may stand in place of the passage, best first; `place` then has `start` and `end`.'),
  })
  .describe('A finding of a check, an import or a compiler.')
export type Message = z.infer<typeof Message>
