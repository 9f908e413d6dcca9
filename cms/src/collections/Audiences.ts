import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { recordId } from '../fields/identity.ts'
import { fillSlug, slug } from '../fields/slug.ts'

export const Audiences: CollectionConfig = {
  slug: 'audiences',
  labels: { singular: 'Audience', plural: 'Audiences' },
  access: accessTo('audiences'),
  admin: {
    hideAPIURL: true,
    group: 'Guidance',
    useAsTitle: 'name',
    defaultColumns: ['name', 'kind'],
    listSearchableFields: ['name', 'slug'],
    description: 'Whom articles are for.',
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
      admin: { placeholder: 'For patients', description: 'Stands at the head of articles for them.' },
    },
    {
      name: 'kind',
      type: 'select',
      required: true,
      options: [
        { label: 'Patients', value: 'patient' },
        { label: 'Family and friends', value: 'family' },
        { label: 'Professionals', value: 'professional' },
      ],
      admin: { description: 'Sets how plainly an article has to read.' },
    },
    slug({ unique: true, index: true, description: 'Name in files and addresses. Made from the name.' }),
  ],
}
