import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { signOffOf } from '../endpoints/signOff.ts'
import { recordId } from '../fields/identity.ts'
import { signOff } from '../fields/signOff.ts'
import { fillSlug, slug } from '../fields/slug.ts'
import { usedIn } from '../fields/usedIn.ts'
import { noteWaiting, noteWriters, writtenBy } from '../hooks/noteWriters.ts'

export const Glossary: CollectionConfig = {
  slug: 'glossary',
  labels: { singular: 'Glossary entry', plural: 'Glossary' },
  access: accessTo('glossary'),
  admin: {
    hideAPIURL: true,
    group: 'Library',
    useAsTitle: 'term',
    defaultColumns: ['term', 'definition', 'unsigned'],
    listSearchableFields: ['term', 'definition', 'slug'],
    description: 'Words and their plain meaning, explained wherever an article marks them.',
  },
  versions: { maxPerDoc: 50 },
  endpoints: signOffOf('glossary'),
  hooks: { beforeValidate: [fillSlug('term')], beforeChange: [noteWriters, noteWaiting] },
  fields: [
    recordId,
    {
      name: 'term',
      type: 'text',
      label: 'Word',
      required: true,
      localized: true,
      maxLength: 400,
      admin: { description: 'As a dictionary has it; articles may write another form of it.' },
    },
    {
      name: 'definition',
      type: 'textarea',
      label: 'What it means',
      required: true,
      localized: true,
      maxLength: 4000,
      admin: { rows: 3, description: 'One or two plain sentences.' },
    },
    slug({ unique: true, index: true, description: 'Name in files. Made from the word.' }),
    writtenBy,
    signOff,
    usedIn,
  ],
}
