import type { CollectionAfterChangeHook } from 'payload'
import { actingIn, allow } from '../access/acting.ts'
import { audit } from './record.ts'

const inWords = (roles: unknown): string => (Array.isArray(roles) && roles.length > 0 ? roles.join(', ') : 'none')

/** Tells the audit trail of roles given and taken, sign-ins made included. */
export const auditRoles: CollectionAfterChangeHook = async ({ doc, previousDoc, req }) => {
  const [before, after] = [inWords(previousDoc?.roles), inWords(doc.roles)]
  if (before === after) return doc
  const reason = `${before} → ${after}`
  await audit(req, actingIn(req), { act: 'roles', kind: 'user', uid: String(doc.id), title: doc.name, reason })
  return doc
}

/** Tells the audit trail that somebody confirmed a resource; only who may do so can. */
export const auditVerification: CollectionAfterChangeHook = async ({ doc, previousDoc, req }) => {
  const [before, after] = [previousDoc?.assuredDate, doc.assuredDate].map((date) => String(date ?? '').slice(0, 10))
  const isSameAssurer = (previousDoc?.assurerEmail ?? null) === (doc.assurerEmail ?? null)
  if (before === after && (!after || isSameAssurer)) return doc
  allow('verify', actingIn(req))
  if (!after) return doc
  const entry = {
    act: 'verify',
    kind: 'resource',
    uid: String(doc.id),
    title: doc.name,
    reason: `on ${after}`,
  } as const
  await audit(req, actingIn(req), entry)
  return doc
}
