import type { TextField } from 'payload'

/** A list of words or phrases, typed one after the other. */
export const words = (
  name: string,
  label: string,
  description: string,
  more: { localized?: boolean; required?: boolean } = {},
): TextField => ({
  name,
  type: 'text',
  label,
  hasMany: true,
  maxLength: 400,
  ...more,
  admin: { placeholder: 'Type, then press Enter', description: `${description} Press Enter after each.` },
})
