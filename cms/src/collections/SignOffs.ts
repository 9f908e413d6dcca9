import { randomUUID } from 'node:crypto'
import { locales } from 'content-schemas'
import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { appendOnly } from '../hooks/appendOnly.ts'
import { sharedKinds } from '../publishing/sign-offs.ts'

/** When shared texts were signed off, in which language and as which text: one row a sign-off, written once. */
export const SignOffs: CollectionConfig = {
  slug: 'sign-offs',
  access: accessTo('sign-offs'),
  admin: { hidden: true },
  disableDuplicate: true,
  lockDocuments: false,
  hooks: appendOnly('A sign-off'),
  fields: [
    { name: 'id', type: 'text', required: true, defaultValue: () => randomUUID() },
    { name: 'kind', type: 'select', required: true, options: [...sharedKinds] },
    { name: 'record', type: 'text', required: true, index: true },
    { name: 'locale', type: 'select', required: true, options: [...locales] },
    // Of what readers are shown of it.
    { name: 'contentHash', type: 'text', required: true },
    { name: 'by', type: 'text', required: true },
    // The sign-in; empty for a process.
    { name: 'user', type: 'text' },
    { name: 'at', type: 'text', required: true },
  ],
}
