import type { ArrayField } from 'payload'

/** A list of plain lines, each with an identity of its own. */
export const lines = (name: string, label: string, one: string, description?: string): ArrayField => ({
  name,
  type: 'array',
  label,
  labels: { singular: one, plural: label },
  // Folded, a list of lines reads as one.
  admin: { description, initCollapsed: true, components: { RowLabel: '/admin/RowTitle.tsx#RowTitle' } },
  fields: [
    {
      name: 'text',
      type: 'text',
      label: one,
      required: true,
      maxLength: 400,
      admin: { description: 'One line, without a full stop.' },
    },
  ],
})
