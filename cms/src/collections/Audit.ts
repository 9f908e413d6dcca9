import { randomUUID } from 'node:crypto'
import type { CollectionConfig } from 'payload'
import { type Actor, collectionRoles, hasRole } from '../access/roles.ts'
import { accessTo } from '../access/who.ts'
import { auditedActs, auditedKinds } from '../audit/record.ts'
import { exportAudit } from '../endpoints/exportAudit.ts'
import { languageOptions } from '../fields/identity.ts'
import { appendOnly } from '../hooks/appendOnly.ts'

const actLabels: Record<(typeof auditedActs)[number], string> = {
  publish: 'Published',
  correct: 'Corrected',
  record: 'Followed a shared record',
  withdraw: 'Withdrawn',
  gone: 'Ended for good',
  redirect: 'Redirected',
  purge: 'Purged',
  submit: 'Submitted for review',
  approve: 'Approved',
  return: 'Returned to the editor',
  comment: 'Commented on',
  resolve: 'Comment resolved',
  accept: 'Suggestion accepted',
  link: 'Link for an outside reviewer made',
  unlink: 'Link for an outside reviewer taken back',
  'outside-verdict': 'Answered by an outside reviewer',
  confirm: 'Change of wording confirmed',
  recall: 'Confirmation recalled',
  'check-translation': 'Translation checked',
  schedule: 'Scheduled',
  cancel: 'Schedule cancelled',
  'schedule-refused': 'Refused at its time',
  waive: 'Finding let pass',
  verify: 'Resource confirmed',
  move: 'Moved to another address',
  roles: 'Roles changed',
  'second-factor': 'Second factor changed',
  'take-back-waiver': 'Waiver taken back',
  strike: 'Passage withdrawn at once',
  'confirm-strike': 'Withdrawn passage confirmed',
  'lift-strike': 'Withdrawn passage brought back',
  'sign-off': 'Shared text signed off',
  'sign-in': 'E-mail or password changed',
}

const kindLabels: Record<(typeof auditedKinds)[number], string> = {
  article: 'Article',
  issue: 'Issue',
  resource: 'Resource',
  user: 'Sign-in',
  snippet: 'Shared passage',
  'glossary-term': 'Glossary entry',
  'call-to-action': 'Call to action',
}

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
    {
      name: 'act',
      type: 'select',
      label: 'What was done',
      required: true,
      index: true,
      options: auditedActs.map((value) => ({ value, label: actLabels[value] })),
    },
    { name: 'by', type: 'text', label: 'Who', required: true },
    {
      name: 'user',
      type: 'text',
      label: 'Sign-in',
      admin: { description: 'Its id; empty for a process or a command.' },
    },
    {
      name: 'kind',
      type: 'select',
      label: 'To what kind of thing',
      required: true,
      options: auditedKinds.map((value) => ({ value, label: kindLabels[value] })),
    },
    { name: 'uid', type: 'text', label: 'Identity of it, in files', required: true, index: true },
    { name: 'locale', type: 'select', label: 'Language', options: languageOptions },
    { name: 'title', type: 'text', label: 'To what' },
    { name: 'reason', type: 'textarea', label: 'Why' },
    { name: 'contentHash', type: 'text', label: 'Fingerprint of the text' },
    { name: 'stamp', type: 'text', label: 'Stamp of the edition' },
  ],
}
