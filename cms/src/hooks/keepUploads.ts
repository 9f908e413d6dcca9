import type {
  CollectionAfterChangeHook,
  CollectionAfterDeleteHook,
  CollectionBeforeOperationHook,
  UploadConfig,
} from 'payload'
import { fetchUpload, keepUpload, removeUpload } from '../uploads.ts'

/*
 * With a bucket, the folder of uploads holds what this machine has used of it. These hooks keep the two together; without
 * a bucket they do nothing.
 */

type Picture = { filename?: string | null; sizes?: Record<string, { filename?: string | null } | undefined> }
const filesOf = ({ filename, sizes = {} }: Picture): string[] =>
  [filename, ...Object.values(sizes).map((size) => size?.filename)].filter((name) => typeof name === 'string')

/** Send the upload and the sizes Payload made of it. */
export const keepUploads: CollectionAfterChangeHook = async ({ doc, previousDoc, req }) => {
  const hasMoved = doc.focalX !== previousDoc?.focalX || doc.focalY !== previousDoc?.focalY
  if (req.file || hasMoved) await Promise.all(filesOf(doc).map(keepUpload))
  return doc
}

/** Payload reads the upload again when its focal point moves. */
export const fetchUploadBefore: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  if (operation !== 'update' || !('id' in args) || args.id === undefined) return args
  const row = await req.payload.findByID({
    collection: 'media',
    id: args.id as string,
    depth: 0,
    disableErrors: true,
    overrideAccess: true,
    req,
  })
  if (row) await Promise.all(filesOf(row).map(fetchUpload))
  return args
}

export const removeUploads: CollectionAfterDeleteHook = async ({ doc }) => {
  await Promise.all(filesOf(doc).map(removeUpload))
  return doc
}

/** Before Payload shows an upload from the folder. Who may see it was asked before. */
export const fetchShownUpload: NonNullable<UploadConfig['handlers']>[number] = async (_, { params }) => {
  await fetchUpload(params.filename)
}
