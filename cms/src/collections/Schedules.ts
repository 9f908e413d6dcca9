import { randomUUID } from 'node:crypto'
import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { cancelSchedule } from '../endpoints/cancelSchedule.ts'
import { languageOptions } from '../fields/identity.ts'

/** What is to be published or withdrawn at a time. A publication points at what was approved, not at the newest draft. */
export const Schedules: CollectionConfig = {
  slug: 'schedules',
  labels: { singular: 'Schedule', plural: 'Schedule' },
  access: accessTo('schedules'),
  admin: {
    hideAPIURL: true,
    group: 'Guidance',
    useAsTitle: 'title',
    defaultColumns: ['title', 'locale', 'act', 'at', 'state', 'by'],
    listSearchableFields: ['title', 'by'],
    description: 'What appears or is taken back at a time. It is made, and cancelled, on the article.',
  },
  defaultSort: '-at',
  disableDuplicate: true,
  lockDocuments: false,
  endpoints: [cancelSchedule],
  indexes: [{ fields: ['state', 'at'] }],
  fields: [
    { name: 'id', type: 'text', required: true, defaultValue: () => randomUUID(), admin: { hidden: true } },
    { name: 'title', type: 'text', label: 'Article' },
    { name: 'uid', type: 'text', required: true, index: true, admin: { hidden: true } },
    { name: 'locale', type: 'select', label: 'Language', required: true, options: languageOptions },
    {
      name: 'act',
      type: 'select',
      label: 'What',
      required: true,
      options: [
        { label: 'Publish', value: 'publish' },
        { label: 'Withdraw', value: 'withdraw' },
      ],
    },
    {
      name: 'at',
      type: 'date',
      label: 'When',
      required: true,
      admin: { date: { pickerAppearance: 'dayAndTime', displayFormat: 'd MMM yyyy, HH:mm' } },
    },
    {
      name: 'state',
      type: 'select',
      required: true,
      defaultValue: 'waiting',
      options: [
        { label: 'Waiting', value: 'waiting' },
        { label: 'Done', value: 'done' },
        { label: 'Refused', value: 'refused' },
        { label: 'Cancelled', value: 'cancelled' },
      ],
    },
    { name: 'by', type: 'text', label: 'Who', required: true },
    { name: 'user', type: 'text', admin: { hidden: true } },
    { name: 'reason', type: 'textarea', label: 'Why' },
    { name: 'candidate', type: 'text', admin: { hidden: true } },
    { name: 'stamp', type: 'text', label: 'Stamp of the edition' },
  ],
}
