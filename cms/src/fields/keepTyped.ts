import type { Block, UIField } from 'payload'

const keepTyped: UIField = {
  name: 'keepTyped',
  type: 'ui',
  admin: { components: { Field: '/admin/writing/KeepTyped.tsx#KeepTyped' } },
}

/** The block with what keeps its form and the text it stands in alike. */
export const keepingTyped = (block: Block): Block => ({ ...block, fields: [...block.fields, keepTyped] })
