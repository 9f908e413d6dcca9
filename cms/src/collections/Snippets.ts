import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { snippetBlocks } from '../blocks/index.ts'
import { signOffOf } from '../endpoints/signOff.ts'
import { documentEditor } from '../fields/editors.ts'
import { recordId } from '../fields/identity.ts'
import { signOff } from '../fields/signOff.ts'
import { fillSlug, slug } from '../fields/slug.ts'
import { usedIn } from '../fields/usedIn.ts'
import { normaliseBody } from '../hooks/normaliseBody.ts'
import { noteWaiting, noteWriters, writtenBy } from '../hooks/noteWriters.ts'

export const Snippets: CollectionConfig = {
  slug: 'snippets',
  labels: { singular: 'Shared passage', plural: 'Shared passages' },
  access: accessTo('snippets'),
  admin: {
    hideAPIURL: true,
    group: 'Library',
    useAsTitle: 'name',
    defaultColumns: ['name', 'unsigned', 'updatedAt'],
    listSearchableFields: ['name', 'slug'],
    description:
      'Passages that many articles show, such as a warning about overdose. Change one here, and all of them follow.',
  },
  versions: { maxPerDoc: 50 },
  endpoints: signOffOf('snippets'),
  hooks: { beforeValidate: [fillSlug('name')], beforeChange: [normaliseBody, noteWriters, noteWaiting] },
  fields: [
    recordId,
    {
      name: 'name',
      type: 'text',
      required: true,
      maxLength: 400,
      admin: { description: 'For editors; readers do not see it.' },
    },
    {
      name: 'body',
      type: 'richText',
      label: 'Passage',
      required: true,
      localized: true,
      editor: documentEditor(snippetBlocks),
      admin: { description: 'What readers are shown, in this language alone.' },
    },
    slug({ unique: true, index: true, description: 'Name in files. Made from the name.' }),
    writtenBy,
    signOff,
    usedIn,
  ],
}
