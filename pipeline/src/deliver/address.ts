import { domainToASCII } from 'node:url'

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/**
 * A mail address as it goes into an envelope: dot-atom local part, domain in ASCII (RFC 5321 limits: 64 and 254 bytes).
 * Quoted local parts, address literals, comments and control characters are refused: a crafted address must never reach
 * the mail library, which would read several recipients in it. Undefined when it is none.
 */
export function mailAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const domain = asciiDomain(text.slice(at + 1))
  if (at < 1 || local.length > 64 || !localPart.test(local) || !domain) return undefined
  const address = `${local}@${domain}`
  return address.length <= 254 ? address : undefined
}

// Only letters, digits, marks, dots and hyphens go into the conversion, which is lenient with everything else.
function asciiDomain(text: string): string | undefined {
  if (!/^[\p{L}\p{N}\p{M}.-]+$/u.test(text)) return undefined
  const domain = domainToASCII(text)
  return domain === 'localhost' || domainName.test(domain) ? domain : undefined
}

/** The same, or a sentence that names what the address was for. */
export function requiredAddress(text: string, purpose: string): string {
  const address = mailAddress(text)
  if (!address) throw new Error(`The address for ${purpose} is not a mail address. Write it like name@example.org.`)
  return address
}

/** The domain of an address. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)
