import type { Block, CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { nestedBlocks } from '../blocks/index.ts'
import { checksOf } from '../endpoints/checkDraft.ts'
import { takeBackIn, waiveIn } from '../endpoints/waiveFinding.ts'
import { documentEditor } from '../fields/editors.ts'
import { documentIdentity, nameByLanguage } from '../fields/identity.ts'
import { followTitle, slug } from '../fields/slug.ts'
import { normaliseItems } from '../hooks/normaliseBody.ts'
import { reservePublishing, reserveWithdrawal } from '../hooks/reserveActs.ts'

const items: Block[] = [
  {
    slug: 'article',
    interfaceName: 'ArticleItem',
    admin: { disableBlockName: true },
    labels: { singular: 'Article', plural: 'Articles' },
    fields: [
      {
        type: 'row',
        fields: [
          {
            name: 'article',
            type: 'relationship',
            relationTo: 'articles',
            required: true,
            filterOptions: ({ data }) => ({ locale: { equals: data?.locale } }),
            admin: { width: '65%', description: 'A published article in the language of the issue.' },
          },
          {
            name: 'show',
            type: 'select',
            required: true,
            defaultValue: 'excerpt',
            options: [
              { label: 'Title and summary', value: 'excerpt' },
              { label: 'The whole article', value: 'full' },
              { label: 'Title only', value: 'link' },
            ],
            admin: { width: '35%', description: 'How much of it stands in the mail.' },
          },
        ],
      },
    ],
  },
  {
    slug: 'resource',
    interfaceName: 'ResourceItem',
    admin: { disableBlockName: true },
    labels: { singular: 'Where to get help', plural: 'Where to get help' },
    fields: [
      {
        name: 'resource',
        type: 'relationship',
        relationTo: 'resources',
        required: true,
        label: 'Helpline, service or group',
        admin: { description: 'With its name and number as they are when the issue is published.' },
      },
    ],
  },
  {
    slug: 'call-to-action',
    interfaceName: 'CallToActionItem',
    admin: { disableBlockName: true },
    labels: { singular: 'Call to action', plural: 'Calls to action' },
    fields: [
      {
        name: 'record',
        type: 'relationship',
        relationTo: 'calls-to-action',
        required: true,
        label: 'Call to action',
        admin: { description: 'One record for every mail and article that shows it.' },
      },
    ],
  },
  {
    slug: 'text',
    interfaceName: 'TextItem',
    admin: { disableBlockName: true },
    labels: { singular: 'Text of your own', plural: 'Texts of your own' },
    fields: [
      {
        name: 'body',
        type: 'richText',
        label: 'Text',
        editor: documentEditor(nestedBlocks),
        admin: { description: 'Words between the items, of this issue alone.' },
      },
    ],
  },
]

export const Issues: CollectionConfig = {
  slug: 'issues',
  labels: { singular: 'Issue', plural: 'Issues' },
  access: accessTo('issues'),
  admin: {
    hideAPIURL: true,
    group: 'Newsletters',
    useAsTitle: 'subject',
    defaultColumns: ['subject', 'newsletter', 'locale', '_status', 'updatedAt'],
    listSearchableFields: ['subject', 'slug'],
    description: 'Mails composed of published articles, one in each language.',
    components: {
      beforeListTable: ['/admin/translations/NewInLanguage.tsx#NewInLanguage'],
      edit: { PublishButton: '/admin/review/PublishSaved.tsx#PublishSaved' },
    },
  },
  defaultSort: '-updatedAt',
  indexes: [{ fields: ['locale', 'slug'], unique: true }],
  versions: { maxPerDoc: 100, drafts: { autosave: { interval: 1500, showSaveDraftButton: true } } },
  hooks: {
    beforeValidate: [nameByLanguage, followTitle('subject')],
    beforeChange: [reservePublishing, normaliseItems],
    afterChange: [reserveWithdrawal],
  },
  endpoints: [checksOf('issues'), waiveIn('issues'), takeBackIn('issues')],
  fields: [
    {
      name: 'remaining',
      type: 'ui',
      admin: { position: 'sidebar', components: { Field: '/admin/checks/BeforePublishing.tsx#BeforePublishing' } },
    },
    ...documentIdentity,
    slug({
      label: 'Web address',
      index: true,
      description: 'End of the web address of its archive page. Follows the subject.',
    }),
    {
      name: 'newsletter',
      type: 'relationship',
      relationTo: 'newsletters',
      required: true,
      admin: { position: 'sidebar', description: 'Whose readers get it.' },
    },
    {
      name: 'subject',
      type: 'text',
      required: true,
      maxLength: 400,
      admin: { description: 'Others may see it on a locked phone: do not name an illness.' },
    },
    {
      name: 'preheader',
      type: 'text',
      label: 'Line after the subject',
      maxLength: 200,
      admin: { description: 'Mail programs show it beside the subject. Do not name an illness.' },
    },
    {
      name: 'greeting',
      type: 'textarea',
      maxLength: 400,
      admin: { rows: 2, description: 'The first line of the mail.' },
    },
    {
      name: 'items',
      type: 'blocks',
      label: 'What it holds',
      labels: { singular: 'Item', plural: 'Items' },
      blocks: items,
      admin: { description: 'In this order. Most readers see the first two.' },
    },
  ],
}
