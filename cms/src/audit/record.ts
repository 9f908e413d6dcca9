import { randomUUID } from 'node:crypto'
import { acts, type Edition, type Locale } from 'content-schemas'
import type { PayloadRequest } from 'payload'
import type { Acting } from '../access/acting.ts'
import { clockOf } from '../publishing/clock.ts'
import { appendRow } from '../publishing/cursors.ts'
import { aside } from '../publishing/records.ts'

/** What the audit trail tells of: every act that makes an edition, and what leads to it or beside it. */
export const auditedActs = [
  ...acts,
  'submit',
  'approve',
  'return',
  'comment',
  'resolve',
  'accept',
  'link',
  'unlink',
  'outside-verdict',
  'confirm',
  'recall',
  'check-translation',
  'schedule',
  'cancel',
  'schedule-refused',
  'waive',
  'verify',
  'move',
  'roles',
  'second-factor',
  'take-back-waiver',
  'strike',
  'confirm-strike',
  'lift-strike',
  'sign-off',
  'sign-in',
] as const

/** What the acts of the trail are about. */
export const auditedKinds = [
  ...(['article', 'issue'] satisfies Edition['kind'][]),
  'resource',
  'user',
  'snippet',
  'glossary-term',
  'call-to-action',
] as const

/** One entry, without when and who. */
export type AuditEntry = {
  act: (typeof auditedActs)[number]
  kind: (typeof auditedKinds)[number]
  uid: string
  locale?: Locale
  title: string
  reason?: string
  contentHash?: string | null
  stamp?: string
}

/** Appends an entry to the audit trail, in the transaction of the request: without the act there is no entry, nor the other way. */
export async function audit(req: PayloadRequest, { by, user }: Acting, entry: AuditEntry): Promise<void> {
  const at = clockOf(req.payload).now().toISOString()
  await appendRow(req, 'audit', { id: randomUUID(), at, by, user: user?.id ?? null, ...entry })
}

/** Takes the titles of a document out of the trail, for a purge; what was done to it stays. */
export async function purgeTitles(
  req: PayloadRequest,
  { uid, locale }: Pick<AuditEntry, 'uid' | 'locale'>,
): Promise<void> {
  await req.payload.update({
    collection: 'audit',
    where: { and: [{ uid: { equals: uid } }, { locale: { equals: locale } }] },
    data: { title: '–' },
    context: { purge: true },
    depth: 0,
    overrideAccess: true,
    req: aside(req),
  })
}
