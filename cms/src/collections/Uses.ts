import { randomUUID } from 'node:crypto'
import { locales, recordKinds } from 'content-schemas'
import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'

/** Which published document shows which record: the one dependency index. Written by acts alone. */
export const Uses: CollectionConfig = {
  slug: 'uses',
  access: accessTo('uses'),
  admin: { hidden: true },
  disableDuplicate: true,
  lockDocuments: false,
  indexes: [{ fields: ['uid', 'locale'] }],
  fields: [
    { name: 'id', type: 'text', required: true, defaultValue: () => randomUUID() },
    { name: 'uid', type: 'text', required: true },
    { name: 'locale', type: 'select', required: true, options: [...locales] },
    { name: 'kind', type: 'select', required: true, options: [...recordKinds, 'newsletters', 'articles'] },
    { name: 'record', type: 'text', required: true, index: true },
  ],
}
