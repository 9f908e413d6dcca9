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
