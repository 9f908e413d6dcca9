import type { GlobalConfig } from 'payload'
import { accessToGlobal } from '../access/who.ts'

export const Site: GlobalConfig = {
  slug: 'site',
  label: 'Site',
  access: accessToGlobal('site'),
  admin: {
    hideAPIURL: true,
    group: 'Settings',
    description: 'Who publishes, and whom to call in an emergency. Every page, mail and handout says it.',
  },
  versions: { max: 50 },
  fields: [
    {
      name: 'name',
      type: 'text',
      label: 'Name of the site',
      required: true,
      localized: true,
      maxLength: 400,
      defaultValue: 'Signpost',
      admin: { description: 'Stands at the head of every page.' },
    },
    {
      name: 'publisher',
      type: 'text',
      label: 'Organisation that publishes',
      required: true,
      maxLength: 400,
      defaultValue: 'Your organisation',
      admin: { description: 'Who answers for what is published.' },
    },
    {
      name: 'postalAddress',
      type: 'text',
      label: 'Postal address',
      required: true,
      maxLength: 400,
      defaultValue: 'Your postal address',
      admin: { description: 'One line. The law asks for it in every newsletter.' },
    },
    {
      name: 'contact',
      type: 'email',
      label: 'E-mail address for feedback',
      admin: { description: 'Readers are shown it. Leave it empty if nobody reads it.' },
    },
    {
      name: 'emergency',
      type: 'array',
      label: 'Emergency contacts',
      labels: { singular: 'Contact', plural: 'Contacts' },
      required: true,
      minRows: 1,
      defaultValue: [{ region: 'United States', text: 'In danger now? Call 911.', number: '911' }],
      admin: {
        description: 'One for each region, the most common first. There is always at least one.',
        components: { RowLabel: '/admin/RowTitle.tsx#RowTitle' },
      },
      fields: [
        {
          type: 'row',
          fields: [
            {
              name: 'region',
              type: 'text',
              required: true,
              localized: true,
              maxLength: 400,
              admin: { width: '50%', placeholder: 'United States', description: 'Where this number answers.' },
            },
            {
              name: 'number',
              type: 'text',
              required: true,
              maxLength: 400,
              admin: { width: '50%', placeholder: '911', description: 'As people dial it.' },
            },
          ],
        },
        {
          name: 'text',
          type: 'text',
          label: 'Sentence',
          required: true,
          localized: true,
          maxLength: 400,
          admin: { placeholder: 'In danger now? Call 911.', description: 'When to call, with the number in it.' },
        },
      ],
    },
    {
      name: 'licence',
      type: 'group',
      label: 'Licence of the content',
      admin: { description: 'Under which others may use it, where an article names no other.' },
      fields: [
        {
          type: 'row',
          fields: [
            {
              name: 'name',
              type: 'text',
              required: true,
              maxLength: 400,
              defaultValue: 'CC BY 4.0',
              admin: { width: '50%', description: 'What it is called.' },
            },
            {
              name: 'url',
              type: 'text',
              label: 'Its text',
              required: true,
              maxLength: 2000,
              defaultValue: 'https://creativecommons.org/licenses/by/4.0/',
              admin: { width: '50%', description: 'The page on which it can be read.' },
            },
          ],
        },
      ],
    },
    {
      name: 'funding',
      type: 'textarea',
      localized: true,
      maxLength: 4000,
      admin: { rows: 2, description: 'Who pays for the site.' },
    },
    {
      name: 'feedback',
      type: 'checkbox',
      label: 'Ask readers whether a page helped',
      defaultValue: true,
      admin: {
        description:
          'A question and a box at the end of each article; what is written there waits under Feedback. Turn it off if a static host or another server shows the pages: only Signpost itself takes the answers.',
      },
    },
    {
      name: 'sample',
      type: 'checkbox',
      label: 'This is sample content',
      defaultValue: false,
      admin: { description: 'Every page, mail and handout says so, and search engines are asked to stay away.' },
    },
  ],
}
