import { randomUUID } from 'node:crypto'
import { locales } from 'content-schemas'
import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { appendOnly } from '../hooks/appendOnly.ts'

/** What a reviewer approved, and what a second editor or a translator's check added to that: document and records, frozen. */
export const Candidates: CollectionConfig = {
  slug: 'candidates',
  access: accessTo('candidates'),
  admin: { hidden: true },
  disableDuplicate: true,
  lockDocuments: false,
  hooks: appendOnly('An approved candidate'),
  fields: [
    { name: 'id', type: 'text', required: true, defaultValue: () => randomUUID() },
    { name: 'uid', type: 'text', required: true, index: true },
    { name: 'locale', type: 'select', required: true, options: [...locales] },
    { name: 'contentHash', type: 'text', required: true, index: true },
    { name: 'document', type: 'json', required: true },
    { name: 'records', type: 'json', required: true },
    // What the reviewer said to findings that ask for a word: waivers of the contract.
    { name: 'answers', type: 'json' },
    { name: 'approvedBy', type: 'text', required: true },
    { name: 'at', type: 'text', required: true },
    // `recall` takes another one back, and approves nothing.
    { name: 'act', type: 'select', options: ['approve', 'confirm', 'check', 'recall'] },
    // The one it rests on, or takes back.
    { name: 'basis', type: 'text', index: true },
    { name: 'user', type: 'text' },
    // The `Approval` of the contract, which the edition gets.
    { name: 'approval', type: 'json' },
  ],
}
