import { WebAddress } from 'content-schemas'
import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { dryRunOfRule } from '../endpoints/dryRun.ts'
import { dryRunField } from '../fields/dryRun.ts'
import { languageOptions, recordId } from '../fields/identity.ts'
import { fillSlug, slug } from '../fields/slug.ts'
import { words } from '../fields/words.ts'

export const WordingRules: CollectionConfig = {
  slug: 'wording-rules',
  labels: { singular: 'Wording rule', plural: 'Wording rules' },
  access: accessTo('wording-rules'),
  admin: {
    hideAPIURL: true,
    group: 'Settings',
    useAsTitle: 'term',
    defaultColumns: ['term', 'locale', 'severity', 'replacements', 'checkedOn'],
    listSearchableFields: ['term', 'slug'],
    pagination: { defaultLimit: 50 },
    description:
      'Terms to avoid and what to write instead. Every text is checked against them before it is published. Without a single one, the list that Signpost brings along holds.',
  },
  versions: { maxPerDoc: 50 },
  endpoints: [dryRunOfRule],
  hooks: { beforeValidate: [fillSlug('term')] },
  fields: [
    recordId,
    {
      name: 'term',
      type: 'text',
      label: 'Term to avoid',
      required: true,
      maxLength: 400,
      admin: { description: 'As a dictionary has it. Case does not count.' },
    },
    words(
      'inflections',
      'Other forms',
      'Plurals, verb forms, and phrases that mean the same. The longest one found counts.',
    ),
    words(
      'replacements',
      'Write instead',
      'What is offered to the editor, best first; it has to fit where the term stood.',
    ),
    {
      name: 'because',
      type: 'textarea',
      label: 'Why',
      required: true,
      maxLength: 4000,
      admin: { rows: 2, description: 'One plain sentence. The editor reads it.' },
    },
    {
      name: 'source',
      type: 'text',
      label: 'Source',
      required: true,
      maxLength: 2000,
      validate: (value: unknown) =>
        WebAddress.safeParse(value).success || 'The address of a page, starting with https://.',
      admin: { description: 'Address of the page that says so.' },
    },
    {
      name: 'checkedOn',
      type: 'date',
      label: 'Read there on',
      required: true,
      admin: {
        date: { pickerAppearance: 'dayOnly', displayFormat: 'd MMM yyyy' },
        description: 'The day somebody last saw that it says so.',
      },
    },
    words(
      'exemptions',
      'Leave alone',
      'Longer phrases and names that hold the term, such as “clean water”. They hold for all rules of the language.',
    ),
    words(
      'near',
      'Only near',
      'For a term with a harmless meaning too: it counts only if one of these stands in the same sentence.',
    ),
    slug({ unique: true, index: true, description: 'Name in files. Made from the term.' }),
    {
      name: 'locale',
      type: 'select',
      label: 'Language',
      required: true,
      defaultValue: 'en',
      index: true,
      options: languageOptions,
      admin: { position: 'sidebar', description: 'Texts in other languages are not checked against it.' },
    },
    {
      name: 'severity',
      type: 'select',
      label: 'If it is found',
      required: true,
      defaultValue: 'advise',
      options: [
        { label: 'Stop the publication', value: 'block' },
        { label: 'Advise', value: 'advise' },
      ],
      admin: { position: 'sidebar', description: 'A publisher may let one pass, with a reason.' },
    },
    dryRunField,
  ],
}
