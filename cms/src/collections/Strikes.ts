import { randomUUID } from 'node:crypto'
import { strikeCauses } from 'content-schemas'
import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { languageOptions } from '../fields/identity.ts'
import { strikeStates } from '../publishing/strikes.ts'

const causeLabels: Record<(typeof strikeCauses)[number], string> = {
  unsafe: 'It may do harm',
  wrong: 'It is wrong',
  outdated: 'It is out of date',
  'in-doubt': 'It is in doubt',
}

const stateLabels: Record<(typeof strikeStates)[number], string> = {
  unconfirmed: 'Not confirmed yet',
  confirmed: 'Confirmed',
  lifted: 'Lifted',
  replaced: 'Replaced by a new text',
}

/** What was withdrawn from published articles at once, before a review: passages, and notices about what is wrong. */
export const Strikes: CollectionConfig = {
  slug: 'strikes',
  labels: { singular: 'Withdrawn passage', plural: 'Withdrawn passages' },
  access: accessTo('strikes'),
  admin: {
    hideAPIURL: true,
    group: 'Guidance',
    useAsTitle: 'title',
    defaultColumns: ['title', 'locale', 'says', 'cause', 'at', 'by', 'state'],
    listSearchableFields: ['title', 'says', 'by', 'reason'],
    description:
      'Passages taken out of published articles at once, and notices. A reviewer confirms each or lifts it, on the article.',
  },
  defaultSort: '-at',
  disableDuplicate: true,
  lockDocuments: false,
  fields: [
    { name: 'id', type: 'text', required: true, defaultValue: () => randomUUID(), admin: { hidden: true } },
    { name: 'title', type: 'text', label: 'Article' },
    { name: 'uid', type: 'text', required: true, index: true, admin: { hidden: true } },
    { name: 'locale', type: 'select', label: 'Language', required: true, options: languageOptions },
    {
      name: 'kind',
      type: 'select',
      required: true,
      options: [
        { label: 'A passage is gone', value: 'passage' },
        { label: 'A notice stands above it', value: 'notice' },
      ],
    },
    { name: 'says', type: 'textarea', label: 'What it said' },
    {
      name: 'cause',
      type: 'select',
      required: true,
      options: strikeCauses.map((value) => ({ value, label: causeLabels[value] })),
    },
    { name: 'reason', type: 'textarea', label: 'Why, for the staff' },
    {
      name: 'at',
      type: 'date',
      label: 'When',
      required: true,
      admin: { date: { pickerAppearance: 'dayAndTime', displayFormat: 'd MMM yyyy, HH:mm' } },
    },
    { name: 'by', type: 'text', label: 'Who', required: true },
    {
      name: 'state',
      type: 'select',
      required: true,
      index: true,
      options: strikeStates.map((value) => ({ value, label: stateLabels[value] })),
    },
    { name: 'answeredBy', type: 'text', label: 'Confirmed or lifted by' },
    { name: 'user', type: 'text', admin: { hidden: true } },
    // Stamp of the edition it was taken out of, whose text comes back when it is lifted.
    { name: 'from', type: 'text', required: true, admin: { hidden: true } },
    { name: 'place', type: 'json', required: true, admin: { hidden: true } },
    { name: 'recall', type: 'json', required: true, admin: { hidden: true } },
    // Set once the reviewers were told that nobody has answered.
    { name: 'remindedAt', type: 'text', admin: { hidden: true } },
  ],
}
