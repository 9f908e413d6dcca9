import type { Block } from 'payload'

/** A mark inside a sentence that ties a claim to one of the sources of the document. */
export const Citation: Block = {
  slug: 'citation',
  interfaceName: 'CitationInlineBlock',
  labels: { singular: 'Source mark', plural: 'Source marks' },
  admin: { disableBlockName: true, components: { Label: '/admin/writing/InlineLabels.tsx#CitationLabel' } },
  fields: [
    {
      name: 'source',
      type: 'text',
      label: 'Source',
      required: true,
      maxLength: 64,
      admin: { components: { Field: '/admin/writing/SourceField.tsx#SourceField' } },
    },
  ],
}
