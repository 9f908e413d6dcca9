import type { Block } from 'payload'
import { blockTitle } from '../fields/blockTitle.ts'
import { content } from '../fields/content.ts'

export const Callout: Block = {
  slug: 'callout',
  interfaceName: 'CalloutBlock',
  labels: { singular: 'Callout', plural: 'Callouts' },
  admin: { group: 'Text', disableBlockName: true },
  fields: [
    {
      name: 'variant',
      type: 'select',
      label: 'Kind',
      required: true,
      defaultValue: 'note',
      options: [
        { label: 'Note: good to know', value: 'note' },
        { label: 'Tip: makes it easier', value: 'tip' },
        { label: 'Warning: may do harm', value: 'warning' },
        { label: 'Emergency: danger to life', value: 'emergency' },
      ],
      admin: { description: 'For whom to call in danger, use the block “Urgent help”: it carries the numbers.' },
    },
    blockTitle('Before you start'),
    content('Text', 'One thought; what is longer belongs in the article.'),
  ],
}
