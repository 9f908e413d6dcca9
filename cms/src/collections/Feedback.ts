import type { CollectionConfig, Field } from 'payload'
import { accessTo } from '../access/who.ts'
import { languageOptions, recordId } from '../fields/identity.ts'

/** What a reader said, which nobody here changes. */
const said = <F extends Field>(field: F): F => ({ ...field, access: { update: () => false } })

/** What readers said of an article. The worker brings it; it is in no release and no export. */
export const Feedback: CollectionConfig = {
  slug: 'feedback',
  labels: { singular: 'Answer of a reader', plural: 'Feedback' },
  access: accessTo('feedback'),
  admin: {
    hideAPIURL: true,
    group: 'Guidance',
    useAsTitle: 'comment',
    // The first column is the link, and not everyone wrote a comment.
    defaultColumns: ['day', 'comment', 'helpful', 'article', 'state'],
    listSearchableFields: ['comment', 'note'],
    description:
      'Whether a page helped, and what readers wrote. Nobody can be answered. What looked like a telephone number or an e-mail address was taken out before it was stored. What a program seems to have sent waits as “Perhaps spam”, and on no dashboard.',
  },
  defaultSort: '-day',
  disableDuplicate: true,
  lockDocuments: false,
  fields: [
    recordId,
    said({
      name: 'comment',
      type: 'textarea',
      maxLength: 4000,
      admin: { rows: 5, readOnly: true, description: 'In the words of the reader.' },
    }),
    said({
      name: 'article',
      type: 'relationship',
      relationTo: 'articles',
      admin: { readOnly: true, description: 'The one that was read.' },
    }),
    {
      name: 'note',
      type: 'textarea',
      label: 'What was done',
      maxLength: 2000,
      admin: { rows: 2, description: 'For whoever looks here next.' },
    },
    {
      name: 'state',
      type: 'select',
      required: true,
      defaultValue: 'new',
      index: true,
      options: [
        { label: 'New', value: 'new' },
        { label: 'Read', value: 'read' },
        { label: 'Acted on', value: 'acted-on' },
        { label: 'Perhaps spam', value: 'doubtful' },
        { label: 'Spam', value: 'spam' },
      ],
      admin: { position: 'sidebar', description: 'New ones are on the dashboard.' },
    },
    said({
      name: 'helpful',
      type: 'select',
      label: 'Was it helpful?',
      required: true,
      options: [
        { label: 'Yes', value: 'yes' },
        { label: 'No', value: 'no' },
      ],
      admin: { position: 'sidebar', readOnly: true, description: 'What the reader chose.' },
    }),
    said({
      name: 'locale',
      type: 'select',
      label: 'Language',
      required: true,
      options: languageOptions,
      admin: { position: 'sidebar', readOnly: true, description: 'Of the page that was read.' },
    }),
    said({
      name: 'day',
      type: 'text',
      label: 'Came on',
      required: true,
      index: true,
      admin: { position: 'sidebar', readOnly: true, description: 'The day alone: nothing tells who it was.' },
    }),
    said({
      name: 'stamp',
      type: 'text',
      label: 'Stamp of the edition',
      required: true,
      admin: { position: 'sidebar', readOnly: true, description: 'Tells which edition was read.' },
    }),
  ],
}
