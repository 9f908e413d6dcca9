import type { Block } from 'payload'

export const Snippet: Block = {
  slug: 'snippet',
  interfaceName: 'SnippetBlock',
  labels: { singular: 'Shared passage', plural: 'Shared passages' },
  admin: { group: 'From the library', disableBlockName: true },
  fields: [
    {
      name: 'record',
      type: 'relationship',
      relationTo: 'snippets',
      required: true,
      label: 'Shared passage',
      admin: {
        description: 'Shown whole. To change its words, change the passage: every article that shows it follows.',
      },
    },
  ],
}
