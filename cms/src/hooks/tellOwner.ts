import type { CollectionBeforeChangeHook } from 'payload'
import { actingIn } from '../access/acting.ts'
import { audit } from '../audit/record.ts'
import { environment } from '../environment.ts'
import { afterCommit } from '../publishing/transaction.ts'

/**
 * Tells the audit trail, and whoever reads the mail of the address from before, that the e-mail address or the password of
 * a sign-in is another now: a session alone is enough to change them. Who follows a mailed link knows.
 */
export const tellOwner: CollectionBeforeChangeHook = async ({ data, originalDoc, operation, req }) => {
  if (operation !== 'update' || !originalDoc || !req.user) return data
  const isMoved = typeof data.email === 'string' && data.email !== originalDoc.email
  const changed = [...(isMoved ? ['e-mail'] : []), ...(data.password ? ['password'] : [])].join(' and ')
  if (!changed) return data
  const acting = actingIn(req)
  const title = String(originalDoc.name ?? originalDoc.email)
  await audit(req, acting, {
    ...{ act: 'sign-in', kind: 'user', uid: String(originalDoc.id), title },
    reason: isMoved ? `${changed}: ${originalDoc.email} → ${data.email}` : changed,
  })
  const subject = `Your ${changed} for Signpost changed`
  const text = `${acting.by} changed the ${changed} of the sign-in “${title}” at ${environment().siteUrl}/admin.\n\nIf you did not want this, tell an administrator at once.\n`
  await afterCommit(req, () => {
    req.payload
      .sendEmail({ to: originalDoc.email, subject, text })
      .catch((error: unknown) =>
        req.payload.logger.error({ err: error, msg: `The mail “${subject}” could not be sent.` }),
      )
  })
  return data
}
