import type { Block } from 'payload'
import { blockTitle } from '../fields/blockTitle.ts'
import { lines } from '../fields/lines.ts'

export const DoDont: Block = {
  slug: 'do-dont',
  interfaceName: 'DoDontBlock',
  labels: { singular: 'Do and don’t', plural: 'Do and don’t' },
  admin: { group: 'Guidance', disableBlockName: true },
  fields: [
    blockTitle('How to help'),
    lines('dos', 'Do', 'Do', 'Write what to do, without the word “do”.'),
    lines('donts', 'Don’t', 'Don’t', 'Write what not to do, without the word “don’t”.'),
  ],
}
