import { randomUUID } from 'node:crypto'
import { locales } from 'content-schemas'
import type { CollectionConfig } from 'payload'
import { type Actor, collectionRoles, hasRole } from '../access/roles.ts'
import { accessTo } from '../access/who.ts'
import { auditedActs, auditedKinds } from '../audit/record.ts'
import { exportAudit } from '../endpoints/exportAudit.ts'
import { appendOnly } from '../hooks/appendOnly.ts'

/** Who did what, when and why: one row an act, written once, in the act's own transaction. */
export const Audit: CollectionConfig = {
  slug: 'audit',
  labels: { singular: 'Entry of the audit trail', plural: 'Audit trail' },
  access: accessTo('audit'),
  admin: {
    hidden: ({ user }) => !hasRole(user as unknown as Actor, collectionRoles.audit.read),
    hideAPIURL: true,
    group: 'Settings',
    useAsTitle: 'title',
    defaultColumns: ['at', 'act', 'title', 'locale', 'by', 'reason'],
    listSearchableFields: ['title', 'by', 'reason'],
    description: 'Everything that was decided, by whom and when. Nobody can change it.',
    components: { beforeListTable: ['/admin/desk/ExportAudit.tsx#ExportAudit'] },
  },
  defaultSort: '-at',
  disableDuplicate: true,
  lockDocuments: false,
  endpoints: [exportAudit],
  hooks: appendOnly('An entry of the audit trail'),
  fields: [
    { name: 'id', type: 'text', required: true, defaultValue: () => randomUUID(), admin: { hidden: true } },
    { name: 'at', type: 'date', label: 'When', required: true, index: true },
    { name: 'act', type: 'select', required: true, index: true, options: [...auditedActs] },
    { name: 'by', type: 'text', label: 'Who', required: true },
    {
      name: 'user',
      type: 'text',
      label: 'Sign-in',
      admin: { description: 'Its id; empty for a process or a command.' },
    },
    { name: 'kind', type: 'select', required: true, options: [...auditedKinds] },
    { name: 'uid', type: 'text', required: true, index: true },
    { name: 'locale', type: 'select', label: 'Language', options: [...locales] },
    { name: 'title', type: 'text', label: 'What' },
    { name: 'reason', type: 'textarea', label: 'Why' },
    { name: 'contentHash', type: 'text' },
    { name: 'stamp', type: 'text', label: 'Stamp of the edition' },
  ],
}
