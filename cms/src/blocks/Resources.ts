import type { Block } from 'payload'
import { blockTitle } from '../fields/blockTitle.ts'

export const Resources: Block = {
  slug: 'resources',
  interfaceName: 'ResourcesBlock',
  labels: { singular: 'Where to get help', plural: 'Where to get help' },
  admin: { group: 'From the library', disableBlockName: true },
  fields: [
    blockTitle('Where to get help'),
    {
      name: 'resources',
      type: 'relationship',
      relationTo: 'resources',
      hasMany: true,
      label: 'Helplines, services and groups',
      admin: { description: 'Each is one record: when its number changes there, it changes here.' },
    },
  ],
}
