import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { signOffOf } from '../endpoints/signOff.ts'
import { recordId } from '../fields/identity.ts'
import { signOff } from '../fields/signOff.ts'
import { fillSlug, slug } from '../fields/slug.ts'
import { usedIn } from '../fields/usedIn.ts'
import { noteWaiting, noteWriters, writtenBy } from '../hooks/noteWriters.ts'

export const CallsToAction: CollectionConfig = {
  slug: 'calls-to-action',
  labels: { singular: 'Call to action', plural: 'Calls to action' },
  access: accessTo('calls-to-action'),
  admin: {
    hideAPIURL: true,
    group: 'Library',
    useAsTitle: 'heading',
    defaultColumns: ['heading', 'label', 'resource', 'url', 'unsigned'],
    listSearchableFields: ['heading', 'label', 'slug'],
    description: 'What to do next, one record for all articles that say it.',
  },
  versions: { maxPerDoc: 50 },
  endpoints: signOffOf('calls-to-action'),
  hooks: { beforeValidate: [fillSlug('heading')], beforeChange: [noteWriters, noteWaiting] },
  fields: [
    recordId,
    {
      name: 'heading',
      type: 'text',
      required: true,
      localized: true,
      maxLength: 400,
      admin: { placeholder: 'Find treatment near you', description: 'What to do, in a few words.' },
    },
    {
      name: 'text',
      type: 'textarea',
      localized: true,
      maxLength: 4000,
      admin: { rows: 2, description: 'Why, in a sentence or two.' },
    },
    {
      name: 'label',
      type: 'text',
      label: 'Text of the button',
      required: true,
      localized: true,
      maxLength: 400,
      admin: { placeholder: 'Call the helpline', description: 'What happens when it is pressed.' },
    },
    {
      name: 'resource',
      type: 'relationship',
      relationTo: 'resources',
      label: 'Helpline or service it leads to',
      admin: { description: 'Shown with its number. Or give an address below.' },
    },
    {
      name: 'url',
      type: 'text',
      label: 'Address it leads to',
      localized: true,
      maxLength: 2000,
      validate: (value: unknown, { siblingData }: { siblingData: { resource?: unknown } }) => {
        if (!value) return Boolean(siblingData.resource) || 'Give an address, or choose a helpline or service.'
        return /^https?:\/\/\S+$/.test(String(value)) || 'Write a whole address that starts with https://.'
      },
      admin: { placeholder: 'https://', description: 'Only where no helpline or service is chosen.' },
    },
    slug({ unique: true, index: true, description: 'Name in files. Made from the heading.' }),
    writtenBy,
    signOff,
    usedIn,
  ],
}
