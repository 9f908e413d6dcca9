import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { recordId } from '../fields/identity.ts'
import { fillSlug, slug } from '../fields/slug.ts'
import { usedIn } from '../fields/usedIn.ts'
import { keepShownPeople } from '../hooks/keepShownPeople.ts'

export const People: CollectionConfig = {
  slug: 'people',
  labels: { singular: 'Person', plural: 'People' },
  access: accessTo('people'),
  admin: {
    hideAPIURL: true,
    group: 'Library',
    useAsTitle: 'name',
    defaultColumns: ['name', 'credentials', 'fictional'],
    listSearchableFields: ['name', 'slug'],
    description: 'Authors and reviewers, as readers see them. Sign-ins are under Users.',
  },
  hooks: { beforeValidate: [fillSlug('name')], beforeChange: [keepShownPeople] },
  fields: [
    recordId,
    {
      name: 'name',
      type: 'text',
      label: 'Full name',
      required: true,
      maxLength: 400,
      admin: { description: 'As it stands in a byline.' },
    },
    {
      name: 'credentials',
      type: 'text',
      localized: true,
      maxLength: 400,
      admin: { placeholder: 'MD, addiction medicine', description: 'What makes readers trust them on this subject.' },
    },
    {
      name: 'biography',
      type: 'textarea',
      localized: true,
      maxLength: 4000,
      admin: { rows: 4, description: 'A few sentences.' },
    },
    {
      name: 'url',
      type: 'text',
      label: 'Page about the person',
      maxLength: 2000,
      admin: { placeholder: 'https://', description: 'Where the credentials can be checked.' },
    },
    slug({ unique: true, index: true, description: 'Name in files. Made from the name.' }),
    {
      name: 'fictional',
      type: 'checkbox',
      label: 'Made up',
      defaultValue: false,
      admin: { position: 'sidebar', description: 'As the people of the sample content are. Readers are told.' },
    },
    usedIn,
  ],
}
