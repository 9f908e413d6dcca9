import type { ArrayField } from 'payload'

/** A list of plain lines, each with an identity of its own. */
export const lines = (name: string, label: string, one: string, description?: string): ArrayField => ({
  name,
  type: 'array',
  label,
  labels: { singular: one, plural: label },
  admin: { description, initCollapsed: false },
  fields: [{ name: 'text', type: 'text', label: one, required: true, maxLength: 400 }],
})
