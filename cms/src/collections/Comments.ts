import { randomUUID } from 'node:crypto'
import { locales } from 'content-schemas'
import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { appendOnlyBut } from '../hooks/appendOnly.ts'
import { commentStates } from '../review/comment-states.ts'

/** What was said about an article while it was reviewed. What was said stays; acts alone say what became of it. */
export const Comments: CollectionConfig = {
  slug: 'comments',
  access: accessTo('comments'),
  admin: { hidden: true },
  disableDuplicate: true,
  lockDocuments: false,
  hooks: appendOnlyBut('A comment', ['state', 'closedBy', 'closedAt']),
  fields: [
    { name: 'id', type: 'text', required: true, defaultValue: () => randomUUID() },
    { name: 'uid', type: 'text', required: true, index: true },
    { name: 'locale', type: 'select', required: true, options: [...locales] },
    // Of the text that was read.
    { name: 'contentHash', type: 'text', required: true },
    { name: 'text', type: 'textarea', required: true, maxLength: 4000 },
    // The comment this one answers; those that answer have no place and no state of their own.
    { name: 'parent', type: 'text', index: true },
    // The words it is about, as `review/anchors.ts` names them; empty for one about the article as a whole.
    { name: 'block', type: 'text' },
    { name: 'exact', type: 'textarea' },
    { name: 'prefix', type: 'text' },
    { name: 'suffix', type: 'text' },
    // In the run of text that held them then, UTF-16 code units.
    { name: 'start', type: 'number' },
    { name: 'end', type: 'number' },
    { name: 'isSuggestion', type: 'checkbox', defaultValue: false },
    // What is to stand in place of exactly these words; empty to take them out.
    { name: 'suggestion', type: 'textarea', maxLength: 4000 },
    { name: 'by', type: 'text', required: true },
    { name: 'user', type: 'text' },
    // The outside link it came through.
    { name: 'link', type: 'text' },
    { name: 'at', type: 'text', required: true },
    { name: 'state', type: 'select', required: true, defaultValue: 'open', options: Object.keys(commentStates) },
    { name: 'closedBy', type: 'text' },
    { name: 'closedAt', type: 'text' },
  ],
}
