import type { Block } from 'payload'
import { blockTitle } from '../fields/blockTitle.ts'
import { content } from '../fields/content.ts'
import { documentEditor } from '../fields/editors.ts'

/** Ways to get care, side by side; each may hold the blocks given. */
export const CareOptions = (nested: Block[]): Block => ({
  slug: 'care-options',
  interfaceName: 'CareOptionsBlock',
  labels: { singular: 'Care options', plural: 'Care options' },
  admin: { group: 'Guidance', disableBlockName: true },
  fields: [
    blockTitle('Ways to get care'),
    {
      name: 'options',
      type: 'array',
      label: 'Options',
      labels: { singular: 'Option', plural: 'Options' },
      admin: {
        description: 'Side by side on a page, one below the other on a phone and in mails.',
        components: { RowLabel: '/admin/RowTitle.tsx#RowTitle' },
      },
      fields: [
        {
          name: 'title',
          type: 'text',
          label: 'Name of the option',
          required: true,
          maxLength: 400,
          admin: { placeholder: 'Outpatient treatment', description: 'As services call it.' },
        },
        {
          name: 'whoFor',
          type: 'text',
          label: 'Who it suits',
          required: true,
          maxLength: 400,
          admin: {
            placeholder: 'People who can live at home while they are treated',
            description: 'One sentence.',
          },
        },
        content('What happens', 'From the first day on, in plain sentences.', documentEditor(nested)),
        {
          name: 'questions',
          type: 'array',
          label: 'What to ask before choosing it',
          labels: { singular: 'Question', plural: 'Questions' },
          admin: {
            description: 'Handouts print a box before each.',
            initCollapsed: true,
            components: { RowLabel: '/admin/RowTitle.tsx#RowTitle' },
          },
          fields: [
            {
              name: 'text',
              type: 'text',
              label: 'Question',
              required: true,
              maxLength: 400,
              admin: { description: 'In the words of whoever asks.' },
            },
          ],
        },
      ],
    },
  ],
})
