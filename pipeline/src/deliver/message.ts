import MailComposer from 'nodemailer/lib/mail-composer'
import { sha256 } from '../identity.ts'
import { domainOf, requiredAddress } from './address.ts'
import type { Outgoing } from './delivery.ts'

/** What a message is made of. Addresses are validated here; names and texts are encoded. */
export type MessageParts = {
  from: { name: string; address: string }
  to: string
  replyTo?: string | undefined
  subject: string
  text: string
  html: string
  date: Date
  /**
   * Identity of the message among all that are sent from this address, such as the stamp of an edition: the same
   * identity, sender and reader give the same Message-ID.
   */
  identity: string
  /** Name of the list, letters, digits and hyphens; it tells nothing of the subject of the list. */
  list?: string | undefined
}

/** Largest message, bytes: longer ones are cut off by some mail programs. */
export const sizeLimit = 100_000

/**
 * Builds a complete RFC 5322 message, text and HTML, and its envelope with one recipient. The same parts give the same
 * bytes. Throws a sentence when an address is none or the message is too large.
 */
export async function message(parts: MessageParts): Promise<Outgoing> {
  const from = requiredAddress(parts.from.address, 'the sender')
  const to = requiredAddress(parts.to, 'the recipient')
  const replyTo = parts.replyTo && requiredAddress(parts.replyTo, 'answers')
  const id = sha256(`${parts.identity}|${from}|${to}`).slice(0, 40)
  const raw = await new MailComposer({
    from: { name: oneLine(parts.from.name), address: from },
    to: { name: '', address: to },
    ...(replyTo ? { replyTo: { name: '', address: replyTo } } : {}),
    subject: oneLine(parts.subject),
    text: canonical(parts.text),
    html: canonical(parts.html),
    date: parts.date,
    // The sender's domain, which is public; never the name of this machine.
    messageId: `<${id}@${domainOf(from)}>`,
    baseBoundary: id,
    headers: { 'Auto-Submitted': 'auto-generated', ...(parts.list ? { 'List-Id': listId(parts.list, from) } : {}) },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
  if (raw.byteLength >= sizeLimit)
    throw new Error(
      `The message has ${raw.byteLength} bytes; ${sizeLimit} is the limit. Show fewer articles in full, or excerpts of them.`,
    )
  return { envelope: { from, to }, raw }
}

/** Lines end as RFC 5322 has it; the library leaves them as they come. */
const canonical = (text: string): string => text.replace(/\r?\n/g, '\r\n')
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim()

function listId(list: string, from: string): string {
  if (!/^[a-z0-9-]{1,60}$/i.test(list))
    throw new Error(`"${list}" cannot name a list. Use letters, digits and hyphens.`)
  return `<${list}.${domainOf(from)}>`
}
