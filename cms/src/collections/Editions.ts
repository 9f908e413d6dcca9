import { acts, locales } from 'content-schemas'
import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { appendOnly } from '../hooks/appendOnly.ts'

/** What is published: one row an act, written once. The stamp is the id. */
export const Editions: CollectionConfig = {
  slug: 'editions',
  access: accessTo('editions'),
  admin: { hidden: true, useAsTitle: 'title' },
  disableDuplicate: true,
  lockDocuments: false,
  hooks: appendOnly('An edition'),
  indexes: [{ fields: ['uid', 'locale', 'number'], unique: true }],
  fields: [
    { name: 'id', type: 'text', required: true },
    { name: 'uid', type: 'text', required: true, index: true },
    { name: 'locale', type: 'select', required: true, options: [...locales] },
    { name: 'number', type: 'number', required: true },
    { name: 'kind', type: 'select', required: true, options: ['article', 'issue'] },
    { name: 'act', type: 'select', required: true, options: [...acts] },
    { name: 'major', type: 'checkbox', defaultValue: false },
    { name: 'slug', type: 'text', required: true },
    { name: 'title', type: 'text', required: true },
    { name: 'changeNote', type: 'textarea' },
    { name: 'at', type: 'text', required: true },
    { name: 'contentHash', type: 'text' },
    // Grows with every act: whoever reads in its order misses nothing.
    { name: 'cursor', type: 'number', required: true, unique: true, index: true },
    { name: 'by', type: 'text' },
    // The whole `Edition` of the contract, frozen.
    { name: 'edition', type: 'json', required: true },
  ],
}
