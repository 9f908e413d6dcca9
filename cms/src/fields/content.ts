import type { RichTextField } from 'payload'
import { textEditor } from './editors.ts'

/** Rich text inside a block. */
export const content = (
  label: string,
  editor: RichTextField['editor'] = textEditor(),
  description?: string,
): RichTextField => ({
  name: 'content',
  type: 'richText',
  label,
  editor,
  admin: { description },
})
