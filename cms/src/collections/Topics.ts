import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { recordId } from '../fields/identity.ts'
import { fillSlug, slug } from '../fields/slug.ts'
import { usedIn } from '../fields/usedIn.ts'
import { words } from '../fields/words.ts'

export const Topics: CollectionConfig = {
  slug: 'topics',
  labels: { singular: 'Topic', plural: 'Topics' },
  access: accessTo('topics'),
  admin: {
    hideAPIURL: true,
    group: 'Guidance',
    useAsTitle: 'name',
    defaultColumns: ['name', 'kind', 'acuteRisk', 'sensitive'],
    listSearchableFields: ['name', 'slug'],
    description: 'What articles are about.',
  },
  hooks: { beforeValidate: [fillSlug('name')] },
  fields: [
    recordId,
    {
      name: 'name',
      type: 'text',
      required: true,
      localized: true,
      maxLength: 400,
      admin: { description: 'As readers call it.' },
    },
    {
      name: 'description',
      type: 'textarea',
      localized: true,
      maxLength: 4000,
      admin: { rows: 2, description: 'One plain sentence.' },
    },
    {
      name: 'acuteRisk',
      type: 'checkbox',
      label: 'Acute risk: somebody who reads about this may be in danger',
      defaultValue: false,
      admin: { description: 'Articles on it cannot be published without the block “Urgent help”.' },
    },
    {
      name: 'sensitive',
      type: 'checkbox',
      label: 'Sensitive: being seen reading about this may do harm',
      defaultValue: false,
      admin: { description: 'Its pages offer a way to leave at once.' },
    },
    {
      name: 'mustMention',
      type: 'array',
      label: 'What every article on it has to say',
      labels: { singular: 'Requirement', plural: 'Requirements' },
      admin: {
        description: 'An article that says none of the words of a requirement cannot be published.',
        initCollapsed: true,
        components: { RowLabel: '/admin/RowTitle.tsx#RowTitle' },
      },
      fields: [
        {
          name: 'say',
          type: 'text',
          label: 'What has to be said',
          required: true,
          localized: true,
          maxLength: 400,
          admin: { description: 'So that “every article has to say …” makes a sentence: “that tolerance is lost”.' },
        },
        words('words', 'Words that show it', 'One of them is enough; the beginning of a word will do.', {
          required: true,
          localized: true,
        }),
      ],
    },
    {
      name: 'codes',
      type: 'array',
      labels: { singular: 'Code', plural: 'Codes' },
      admin: { description: 'Codes by which health records find articles on this topic.' },
      fields: [
        {
          type: 'row',
          fields: [
            {
              name: 'system',
              type: 'select',
              required: true,
              options: [
                { label: 'ICD-10', value: 'icd-10' },
                { label: 'SNOMED CT', value: 'snomed-ct' },
                { label: 'MeSH', value: 'mesh' },
              ],
              admin: { width: '50%', description: 'Whose code it is.' },
            },
            {
              name: 'code',
              type: 'text',
              required: true,
              maxLength: 400,
              admin: { width: '50%', description: 'As it is written there, such as F11.3.' },
            },
          ],
        },
      ],
    },
    slug({ unique: true, index: true, description: 'End of its web address. Made from the name.' }),
    {
      name: 'kind',
      type: 'select',
      required: true,
      defaultValue: 'condition',
      options: [
        { label: 'Condition', value: 'condition' },
        { label: 'Treatment', value: 'treatment' },
        { label: 'Prevention', value: 'prevention' },
        { label: 'Living with it', value: 'living-with' },
      ],
      admin: { position: 'sidebar', description: 'What sort of thing it is; feeds tell programs.' },
    },
    usedIn,
  ],
}
