/** Where messages go: a mail server, or a folder of files on a machine that has none. */
export type Transport = SmtpTransport | { kind: 'outbox'; folder: string }
export type SmtpTransport = {
  kind: 'smtp'
  host: string
  port: number
  /** `implicit` from the first byte, `starttls` or nothing is sent, `none`. */
  tls: 'implicit' | 'starttls' | 'none'
  login: { user: string; pass: string } | null
  /** Name said in EHLO; the library's default when undefined. */
  name?: string | undefined
}

/**
 * The transport a setting names: `smtp://user:password@host:587`, `smtps://…:465`, or the outbox where it is empty.
 * Off the machine itself TLS is required, unless the address says `?tls=off` in so many words; `?name=` sets EHLO's
 * name. A wrong setting throws a sentence without the password.
 */
export function transportFrom(smtpUrl: string | undefined, outbox: string): Transport {
  return smtpUrl ? smtpFrom(smtpUrl) : { kind: 'outbox', folder: outbox }
}

const form = 'Write it like smtp://user:password@mail.example.org:587.'

function smtpFrom(smtpUrl: string): SmtpTransport {
  const url = URL.canParse(smtpUrl) ? new URL(smtpUrl) : undefined
  if (!url?.hostname) throw new Error(`SMTP_URL is not an address. ${form}`)
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')
    throw new Error(`SMTP_URL starts with "${url.protocol}//", which is no mail server. ${form}`)
  const tls = url.searchParams.get('tls')
  if (tls !== null && tls !== 'off')
    throw new Error('SMTP_URL may say ?tls=off and nothing else of TLS. Take the rest out.')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isSecure = url.protocol === 'smtps:'
  if (isSecure && tls === 'off')
    throw new Error('SMTP_URL asks for TLS (smtps:) and against it (?tls=off). Choose one.')
  const name = url.searchParams.get('name') ?? undefined
  return {
    kind: 'smtp',
    host,
    port: Number(url.port) || (isSecure ? 465 : 587),
    tls: isSecure ? 'implicit' : tls === 'off' || isLoopback(host) ? 'none' : 'starttls',
    login: url.username ? { user: decoded(url.username), pass: decoded(url.password) } : null,
    ...(name ? { name } : {}),
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Error('SMTP_URL holds a % that escapes nothing. Write %25 for a % in the user name or password.')
  }
}
