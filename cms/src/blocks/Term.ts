import type { Block } from 'payload'

/** A word inside a sentence that the glossary explains. */
export const Term: Block = {
  slug: 'term',
  interfaceName: 'TermInlineBlock',
  labels: { singular: 'Explained word', plural: 'Explained words' },
  admin: { disableBlockName: true, components: { Label: '/admin/writing/InlineLabels.tsx#TermLabel' } },
  fields: [
    {
      name: 'text',
      type: 'text',
      label: 'The word, as it reads here',
      required: true,
      maxLength: 200,
      admin: { description: 'Any form of the word.' },
    },
    {
      name: 'term',
      type: 'relationship',
      relationTo: 'glossary',
      required: true,
      label: 'Glossary entry that explains it',
      admin: { description: 'Readers see its definition.' },
    },
  ],
}
