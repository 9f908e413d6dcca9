import { randomUUID } from 'node:crypto'
import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { appendOnly } from '../hooks/appendOnly.ts'

/** When resources were confirmed: one row a confirmation, written once. It is a state of what is published, and no edition. */
export const Assurances: CollectionConfig = {
  slug: 'assurances',
  access: accessTo('assurances'),
  admin: { hidden: true },
  disableDuplicate: true,
  lockDocuments: false,
  hooks: appendOnly('A confirmation'),
  fields: [
    { name: 'id', type: 'text', required: true, defaultValue: () => randomUUID() },
    { name: 'resource', type: 'text', required: true, index: true },
    // A day; empty when it was taken back.
    { name: 'assuredDate', type: 'text' },
    { name: 'verifyEveryDays', type: 'number', required: true },
    { name: 'by', type: 'text', required: true },
    { name: 'at', type: 'text', required: true },
    // Grows with every confirmation: whoever reads in its order misses nothing.
    { name: 'cursor', type: 'number', required: true, unique: true, index: true },
  ],
}
