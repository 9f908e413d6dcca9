import type { RichTextField } from 'payload'
import { textEditor } from './editors.ts'

/** Rich text inside a block. */
export const content = (
  label: string,
  description: string,
  editor: RichTextField['editor'] = textEditor(),
): RichTextField => ({
  name: 'content',
  type: 'richText',
  label,
  editor,
  admin: { description },
})
