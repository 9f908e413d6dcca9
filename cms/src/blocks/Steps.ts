import type { Block } from 'payload'
import { blockTitle } from '../fields/blockTitle.ts'
import { content } from '../fields/content.ts'
import { documentEditor } from '../fields/editors.ts'

/** Numbered steps, or a course over time; each may hold the blocks given. */
export const Steps = (nested: Block[]): Block => ({
  slug: 'steps',
  interfaceName: 'StepsBlock',
  labels: { singular: 'Steps', plural: 'Steps' },
  admin: { group: 'Guidance', disableBlockName: true },
  fields: [
    blockTitle('What to do'),
    {
      name: 'steps',
      type: 'array',
      label: 'Steps, in order',
      labels: { singular: 'Step', plural: 'Steps' },
      admin: {
        description: 'What comes first at the top. Drag to change the order.',
        components: { RowLabel: '/admin/RowTitle.tsx#RowTitle' },
      },
      fields: [
        {
          type: 'row',
          fields: [
            {
              name: 'title',
              type: 'text',
              label: 'What to do, in a few words',
              required: true,
              maxLength: 400,
              admin: { width: '65%', placeholder: 'Talk to your doctor', description: 'Steps are numbered for you.' },
            },
            {
              name: 'time',
              type: 'text',
              label: 'When',
              maxLength: 400,
              admin: { width: '35%', placeholder: 'First week', description: 'If it matters.' },
            },
          ],
        },
        content('How to do it', 'Short sentences that say what to do.', documentEditor(nested)),
      ],
    },
  ],
})
