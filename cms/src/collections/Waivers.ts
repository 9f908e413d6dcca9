import { randomUUID } from 'node:crypto'
import { locales } from 'content-schemas'
import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'

/** What publishers let pass in a document, for its next editions. An edition keeps those without which it could not be. */
export const Waivers: CollectionConfig = {
  slug: 'waivers',
  access: accessTo('waivers'),
  admin: { hidden: true },
  disableDuplicate: true,
  lockDocuments: false,
  fields: [
    { name: 'id', type: 'text', required: true, defaultValue: () => randomUUID() },
    { name: 'uid', type: 'text', required: true, index: true },
    { name: 'locale', type: 'select', required: true, options: [...locales] },
    { name: 'rule', type: 'text', required: true },
    { name: 'pointer', type: 'text', required: true },
    // Empty where the rule is about a place as a whole.
    { name: 'passage', type: 'textarea' },
    { name: 'reason', type: 'textarea', required: true },
    { name: 'by', type: 'text', required: true },
    { name: 'at', type: 'text', required: true },
  ],
}
