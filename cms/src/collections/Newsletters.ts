import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { recordId } from '../fields/identity.ts'
import { fillSlug, slug } from '../fields/slug.ts'

export const Newsletters: CollectionConfig = {
  slug: 'newsletters',
  labels: { singular: 'Newsletter', plural: 'Newsletters' },
  access: accessTo('newsletters'),
  admin: {
    hideAPIURL: true,
    group: 'Newsletters',
    useAsTitle: 'name',
    defaultColumns: ['name', 'sender'],
    listSearchableFields: ['name', 'slug'],
    description: 'That somebody gets a mail may tell others that somebody is ill: keep names and senders neutral.',
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
      admin: { description: 'Never names an illness.' },
    },
    {
      name: 'sender',
      type: 'text',
      label: 'Name of the sender',
      required: true,
      localized: true,
      maxLength: 400,
      admin: { description: 'What the inbox shows. Never names an illness.' },
    },
    {
      name: 'replyTo',
      type: 'email',
      label: 'Where answers go',
      admin: { description: 'A mailbox that somebody reads.' },
    },
    {
      name: 'footer',
      type: 'textarea',
      localized: true,
      maxLength: 1000,
      admin: { rows: 2, description: 'Why the reader gets this.' },
    },
    slug({ unique: true, index: true, description: 'Name in files and addresses. Made from the name.' }),
  ],
}
