import type { Block } from 'payload'
import { blockTitle } from '../fields/blockTitle.ts'
import { content } from '../fields/content.ts'
import { documentEditor } from '../fields/editors.ts'

/** Questions people ask; each answer may hold the blocks given. */
export const Faq = (nested: Block[]): Block => ({
  slug: 'faq',
  interfaceName: 'FaqBlock',
  labels: { singular: 'Questions and answers', plural: 'Questions and answers' },
  admin: { group: 'Guidance', disableBlockName: true },
  fields: [
    blockTitle('Questions people ask'),
    {
      name: 'questions',
      type: 'array',
      label: 'Questions',
      labels: { singular: 'Question', plural: 'Questions' },
      admin: {
        description: 'The one that is asked most at the top.',
        components: { RowLabel: '/admin/RowTitle.tsx#RowTitle' },
      },
      fields: [
        {
          name: 'title',
          type: 'text',
          label: 'Question',
          required: true,
          maxLength: 400,
          admin: { description: 'In the words of whoever asks.' },
        },
        content('Answer', 'The short answer first.', documentEditor(nested)),
      ],
    },
  ],
})
