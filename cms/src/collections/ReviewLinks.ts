import { randomUUID } from 'node:crypto'
import { locales } from 'content-schemas'
import type { CollectionConfig } from 'payload'
import { accessTo } from '../access/who.ts'
import { appendOnlyBut } from '../hooks/appendOnly.ts'

/** Links by which somebody without a sign-in reads one text, frozen here, and comments on it. */
export const ReviewLinks: CollectionConfig = {
  slug: 'review-links',
  access: accessTo('review-links'),
  admin: { hidden: true },
  disableDuplicate: true,
  lockDocuments: false,
  hooks: appendOnlyBut('A link for a reviewer outside', [
    ...['revokedAt', 'revokedBy', 'lastUsedAt', 'verdict', 'verdictAt'],
  ]),
  fields: [
    { name: 'id', type: 'text', required: true, defaultValue: () => randomUUID() },
    { name: 'uid', type: 'text', required: true, index: true },
    { name: 'locale', type: 'select', required: true, options: [...locales] },
    { name: 'contentHash', type: 'text', required: true },
    // What was handed out, and is shown whatever has been drafted since.
    { name: 'document', type: 'json', required: true, access: { read: () => false } },
    { name: 'records', type: 'json', required: true, access: { read: () => false } },
    // SHA-256 of the token, which is kept nowhere.
    { name: 'tokenHash', type: 'text', required: true, unique: true, index: true, access: { read: () => false } },
    { name: 'clinician', type: 'text', required: true, maxLength: 200 },
    { name: 'expiresAt', type: 'text', required: true },
    { name: 'by', type: 'text', required: true },
    { name: 'user', type: 'text' },
    { name: 'at', type: 'text', required: true },
    { name: 'revokedAt', type: 'text' },
    { name: 'revokedBy', type: 'text' },
    { name: 'lastUsedAt', type: 'text' },
    { name: 'verdict', type: 'select', options: ['no-concerns', 'concerns'] },
    { name: 'verdictAt', type: 'text' },
  ],
}
