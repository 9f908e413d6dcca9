import {
  APIError,
  type CollectionAfterLoginHook,
  type CollectionBeforeOperationHook,
  type PayloadRequest,
} from 'payload'
import { attemptCounter } from './counter.ts'

const minute = 60_000
const counters = {
  login: attemptCounter({ attempts: 20, within: 10 * minute }),
  forgotPassword: attemptCounter({ attempts: 10, within: 60 * minute }),
  resetPassword: attemptCounter({ attempts: 20, within: 10 * minute }),
} as const
const isCounted = (operation: string): operation is keyof typeof counters => operation in counters

/**
 * The address a request came from, as the front passes it on. Undefined for those of this machine: what comes through
 * another proxy in front of Signpost has that one, and one guesser would lock everybody out.
 */
export function addressOf({ headers }: { headers?: Headers }): string | undefined {
  const address = headers?.get('x-forwarded-for')?.replace(/^::ffff:/, '')
  return !address || /^(127\.|::1$)/.test(address) ? undefined : address
}

/** Refuses sign-ins and password resets from an address that tried too often. */
export const limitAttempts: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  const address = addressOf(req)
  if (address === undefined || !isCounted(operation) || counters[operation].take(address, Date.now())) return args
  throw tooMany()
}

/** Counts a password that is set with a link of a mail, which is no operation of Payload's here. */
export function countReset(req: PayloadRequest): void {
  const address = addressOf(req)
  if (address !== undefined && !counters.resetPassword.take(address, Date.now())) throw tooMany()
}

/** Mails that one mailbox may get: whoever asks for them, its owner has to read them. */
const mails = attemptCounter({ attempts: 5, within: 60 * minute })

/** Refuses one more mail to a mailbox that got many, whether there is a sign-in for it or not. */
export function limitMails(mailbox: string): void {
  if (!mails.take(mailbox.trim().toLowerCase(), Date.now())) throw tooMany()
}

export const tooMany = () => new APIError('Too many attempts. Wait some minutes, then try again.', 429, null, true)

/** Whoever signs in was not guessing. */
export const forgetAttempts: CollectionAfterLoginHook = ({ req }) => {
  const address = addressOf(req)
  if (address !== undefined) counters.login.forget(address)
}
