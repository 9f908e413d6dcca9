import { mailAddress } from './address.ts'
import { deliverToOutbox } from './outbox.ts'
import { deliverBySmtp } from './smtp.ts'
import type { Transport } from './transport.ts'

export { mailAddress } from './address.ts'
export { type MessageParts, message, sizeLimit } from './message.ts'
export { type SmtpTransport, type Transport, transportFrom } from './transport.ts'

/** A message ready to be handed over: one recipient, and its bytes (RFC 5322). */
export type Outgoing = { envelope: { from: string; to: string }; raw: Uint8Array }

/** How far a hand-off got. */
export type Stage = 'connect' | 'login' | 'envelope' | 'sender' | 'recipient' | 'content'

export type Delivery = {
  /**
   * `sent`: the server took it. `failed`: it never will. `retry`: it did not take it now. `uncertain`: it read the
   * message and its reply never came, so that sending it again might deliver it twice.
   */
  state: 'sent' | 'failed' | 'retry' | 'uncertain'
  stage: Stage
  /** The server's reply code, if it replied. */
  code?: number
  /** The server's words, or what broke. They may repeat the address: not for logs. */
  reply?: string
  /** Where the outbox keeps it. */
  file?: string
}

/**
 * Hands one message to a mail server or the outbox. Rejects only for an envelope that is none and for a folder that
 * cannot be written; what a server says or does is in the answer, after a minute at most.
 */
export async function deliver(message: Outgoing, transport: Transport): Promise<Delivery> {
  for (const address of Object.values(message.envelope))
    if (mailAddress(address) !== address)
      throw new Error('An envelope holds something that is not a mail address. Build messages with message().')
  return transport.kind === 'outbox' ? deliverToOutbox(message, transport.folder) : deliverBySmtp(message, transport)
}
