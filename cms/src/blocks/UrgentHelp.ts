import type { Block } from 'payload'
import { blockTitle } from '../fields/blockTitle.ts'
import { content } from '../fields/content.ts'

export const UrgentHelp: Block = {
  slug: 'urgent-help',
  interfaceName: 'UrgentHelpBlock',
  labels: { singular: 'Urgent help', plural: 'Urgent help' },
  admin: { group: 'Guidance', disableBlockName: true },
  fields: [
    blockTitle('When to get help at once', true),
    content(
      'Danger signs and what to do',
      'Short sentences. An article on a topic with acute risk cannot be published without this block.',
    ),
    {
      name: 'resources',
      type: 'relationship',
      relationTo: 'resources',
      hasMany: true,
      label: 'Whom to call',
      admin: { description: 'The one to call first at the top.' },
    },
  ],
}
