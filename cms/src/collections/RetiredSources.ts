import { WebAddress } from 'content-schemas'
import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { recordId } from '../fields/identity.ts'
import { fillSlug, slug } from '../fields/slug.ts'

const address = (value: unknown) =>
  WebAddress.safeParse(value).success || 'The address of a page, starting with https://.'

export const RetiredSources: CollectionConfig = {
  slug: 'retired-sources',
  labels: { singular: 'Retired source', plural: 'Retired sources' },
  access: accessTo('retired-sources'),
  admin: {
    hideAPIURL: true,
    group: 'Library',
    useAsTitle: 'url',
    defaultColumns: ['url', 'because', 'instead', 'retiredOn'],
    listSearchableFields: ['url', 'because'],
    description:
      'Pages and papers that nothing should rest on any longer. Every article that cites one says so to its editor.',
  },
  versions: { maxPerDoc: 50 },
  hooks: { beforeValidate: [fillSlug('url')] },
  fields: [
    recordId,
    {
      name: 'url',
      type: 'text',
      label: 'Web address',
      required: true,
      unique: true,
      maxLength: 2000,
      validate: address,
      admin: { description: 'As articles cite it; http or https, “www.” and a slash at the end make no difference.' },
    },
    {
      name: 'because',
      type: 'textarea',
      label: 'Why',
      required: true,
      maxLength: 4000,
      admin: {
        rows: 2,
        description: 'One plain sentence, such as “Replaced by the edition of 2026.” Editors read it.',
      },
    },
    {
      name: 'instead',
      type: 'text',
      label: 'Cite instead',
      maxLength: 2000,
      validate: (value: unknown) => !value || address(value),
      admin: { description: 'What editors are offered in its place.' },
    },
    {
      name: 'retiredOn',
      type: 'date',
      label: 'Retired on',
      required: true,
      defaultValue: () => new Date().toISOString(),
      admin: {
        date: { pickerAppearance: 'dayOnly', displayFormat: 'd MMM yyyy' },
        description: 'From this day on, what cites it says so.',
      },
    },
    slug({ unique: true, index: true, description: 'Name in files. Made from the address.' }),
    {
      name: 'citedIn',
      type: 'ui',
      admin: { position: 'sidebar', components: { Field: '/admin/checks/CitedIn.tsx#CitedIn' } },
    },
  ],
}
