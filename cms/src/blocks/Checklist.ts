import type { Block } from 'payload'
import { blockTitle } from '../fields/blockTitle.ts'
import { lines } from '../fields/lines.ts'

export const Checklist: Block = {
  slug: 'checklist',
  interfaceName: 'ChecklistBlock',
  labels: { singular: 'Checklist', plural: 'Checklists' },
  admin: { group: 'Guidance', disableBlockName: true },
  fields: [
    blockTitle('What to bring'),
    lines('items', 'Things to tick off', 'Item', 'Handouts print a box before each.'),
  ],
}
