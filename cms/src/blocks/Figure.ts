import type { Block } from 'payload'

export const Figure: Block = {
  slug: 'figure',
  interfaceName: 'FigureBlock',
  labels: { singular: 'Picture', plural: 'Pictures' },
  admin: { group: 'Text', disableBlockName: true },
  fields: [
    {
      name: 'media',
      type: 'upload',
      relationTo: 'media',
      label: 'Picture',
      required: true,
      admin: { description: 'What it shows is told by the description kept with the picture.' },
    },
    {
      name: 'caption',
      type: 'text',
      label: 'Caption',
      maxLength: 400,
      admin: { description: 'Shown under the picture, to everyone. Leave it empty if the text says it already.' },
    },
  ],
}
