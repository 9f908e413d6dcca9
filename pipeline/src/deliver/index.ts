import { mailAddress } from './address.ts'
import type { Delivery, Outgoing } from './delivery.ts'
import { deliverToOutbox } from './outbox.ts'
import { deliverBySmtp } from './smtp.ts'
import type { Transport } from './transport.ts'

export { mailAddress } from './address.ts'
export type { Delivery, Outgoing, Stage } from './delivery.ts'
export { type MessageParts, message, sizeLimit } from './message.ts'
export { type SmtpTransport, type Transport, transportFrom } from './transport.ts'

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
