import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { recordId } from '../fields/identity.ts'
import { fillSlug, slug } from '../fields/slug.ts'
import { usedIn } from '../fields/usedIn.ts'
import { keepRenditions, pixelLimit } from '../hooks/keepRenditions.ts'
import { fetchShownUpload, fetchUploadBefore, keepUploads, removeUploads } from '../hooks/keepUploads.ts'
import { uploadsDir } from '../uploads.ts'

export const Media: CollectionConfig = {
  slug: 'media',
  labels: { singular: 'Picture', plural: 'Pictures' },
  access: accessTo('media'),
  admin: {
    hideAPIURL: true,
    group: 'Library',
    defaultColumns: ['filename', 'alt', 'decorative', 'updatedAt'],
    listSearchableFields: ['filename', 'slug'],
    description: 'Pictures, with a description for people who do not see them.',
  },
  upload: {
    staticDir: uploadsDir(),
    mimeTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/avif'],
    // Any of these has the upload itself encoded anew, which leaves its metadata behind.
    constructorOptions: { limitInputPixels: pixelLimit },
    resizeOptions: { width: 4000, height: 4000, fit: 'inside', withoutEnlargement: true },
    imageSizes: [{ name: 'thumbnail', width: 320, height: 320, formatOptions: { format: 'webp' } }],
    adminThumbnail: 'thumbnail',
    focalPoint: true,
    crop: false,
    pasteURL: false,
    handlers: [fetchShownUpload],
  },
  hooks: {
    beforeOperation: [fetchUploadBefore],
    beforeValidate: [fillSlug('filename')],
    beforeChange: [keepRenditions],
    afterChange: [keepUploads],
    afterDelete: [removeUploads],
  },
  fields: [
    recordId,
    {
      name: 'alt',
      type: 'textarea',
      label: 'Description',
      localized: true,
      maxLength: 400,
      validate: (value: unknown, { siblingData }: { siblingData: { decorative?: boolean } }) =>
        siblingData.decorative ||
        (typeof value === 'string' && value.trim() !== '') ||
        'Say what the picture shows, or mark it as decorative.',
      admin: {
        rows: 2,
        description: 'What the picture shows, for people who do not see it. Screen readers say it aloud.',
      },
    },
    {
      name: 'decorative',
      type: 'checkbox',
      label: 'Decorative: carries no meaning',
      defaultValue: false,
      admin: { description: 'Then it needs no description, and screen readers pass over it.' },
    },
    {
      name: 'credit',
      type: 'text',
      maxLength: 400,
      admin: { placeholder: 'Photo: A. Nguyen, CC BY 4.0', description: 'Who made it, and its licence.' },
    },
    slug({ unique: true, index: true, description: 'Name in files. Made from the file name.' }),
    { name: 'renditions', type: 'json', admin: { hidden: true } },
    usedIn,
  ],
}
