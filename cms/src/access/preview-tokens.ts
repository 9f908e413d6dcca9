import { createHmac, timingSafeEqual } from 'node:crypto'
import { environment } from '../environment.ts'

/*
 * What opens the previews of one document: a frame has no session, and what is in it no part in one. A token is signed,
 * and kept nowhere.
 */

/** How long a token opens something, milliseconds: a frame is loaded at once, and asked for anew with each save. */
export const previewTokenLasts = 10 * 60_000

/** A token for the previews of a document, the id of its row. */
export function previewToken(id: string, now: Date): string {
  const until = String(now.getTime() + previewTokenLasts)
  return `${until}.${signatureOf(id, until)}`
}

/** Whether a token opens the previews of a document now. */
export function opensPreviews(token: string, id: string, now: Date): boolean {
  const [until = '', signature = ''] = token.split('.')
  const given = Buffer.from(signature)
  const right = Buffer.from(signatureOf(id, until))
  return given.length === right.length && timingSafeEqual(given, right) && now.getTime() < Number(until)
}

const signatureOf = (id: string, until: string): string =>
  createHmac('sha256', environment().tokenSecret).update(`preview ${until} ${id}`).digest('base64url')
