import type { TextField } from 'payload'

/** The heading of a block; most blocks can do without. */
export const blockTitle = (placeholder: string, required = false): TextField => ({
  name: 'title',
  type: 'text',
  label: 'Heading',
  required,
  maxLength: 400,
  admin: {
    placeholder,
    description: required ? 'In a few words.' : 'Leave it empty if the text before says it already.',
  },
})
