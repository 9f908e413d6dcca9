import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isIPv4, isIPv6 } from 'node:net'
import { type Locale, locales } from 'content-schemas'
import { paths } from 'pipeline/channels/addresses.ts'
import { longestComment } from 'pipeline/channels/site/feedback.tsx'
import { type Clock, dayOf } from 'pipeline/clock.ts'
import { attemptCounter } from '../access/counter.ts'
import { Answer, isDoubtful, masked } from './answer.ts'
import { keepAnswer } from './spool.ts'

/** Bytes of a form: the longest comment in letters of which each takes six characters, and the rest. */
const longestForm = 6 * longestComment + 1000

const hour = 3_600_000
/** Answers an hour from one network, behind which may be a whole clinic, and from all together. */
const limits = { network: 20, all: 600 }

/** Whether one more may be sent from somewhere. */
export type Allows = (network: string | undefined) => boolean

/**
 * Limits how much comes from one network. No address is kept: networks are counted under a hash whose key nobody sees
 * and which is made anew, with all counts gone, every hour.
 */
export function networkLimit(clock: Clock): Allows {
  let since = Number.NEGATIVE_INFINITY
  let key = randomBytes(32)
  const fresh = () => ({
    networks: attemptCounter({ attempts: limits.network, within: hour }),
    all: attemptCounter({ attempts: limits.all, within: hour }),
  })
  let counts = fresh()
  return (network) => {
    const now = clock.now().getTime()
    // A clock that jumps back starts an hour too.
    if (now - since >= hour || now < since) [since, key, counts] = [now, randomBytes(32), fresh()]
    if (!counts.all.take('all', now)) return false
    return network === undefined || counts.networks.take(createHmac('sha256', key).update(network).digest('hex'), now)
  }
}

/** The network a request comes from: a /24 of IPv4, a /48 of IPv6. Undefined for this machine itself. */
export function networkOf(address: string | undefined, forwarded?: string): string | undefined {
  const plain = address?.replace(/^::ffff:/, '')
  if (plain === undefined) return undefined
  // A proxy on this machine says for whom it asks, last; anybody else may write there what they like.
  if (plain.startsWith('127.') || plain === '::1')
    return forwarded === undefined ? undefined : networkOf(forwarded.split(',').at(-1)!.trim())
  if (isIPv4(plain)) return plain.split('.').slice(0, 3).join('.')
  return isIPv6(plain) ? firstGroups(plain, 3).join(':') : undefined
}

function firstGroups(address: string, count: number): string[] {
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const after = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const filled = [...groups, ...Array<string>(Math.max(0, 8 - groups.length - after.length)).fill('0'), ...after]
  return filled.slice(0, count).map((group) => Number.parseInt(group, 16).toString(16))
}

/** What taking answers needs. */
export type Taking = { dataDir: string; siteUrl: string; clock: Clock; onError(error: unknown): void }

/**
 * Takes the form at the end of an article: says whether a request is one. It sets nothing, signs nobody in and keeps
 * nothing of who asked; whatever comes is answered by the way to a page.
 */
export function answerTaker({ dataDir, siteUrl, clock, onError }: Taking) {
  const allows = networkLimit(clock)
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const locale = locales.find((each) => request.url === paths.feedback(each))
    if (request.method !== 'POST' || locale === undefined) return false
    const to = (path: string) => {
      // What was not read of the form is not waited for.
      if (!request.complete) response.setHeader('Connection', 'close')
      response.writeHead(303, { Location: path, 'Content-Length': '0', 'Cache-Control': 'no-store' })
      response.end()
    }
    take(request, locale).then(
      (isTaken) => to(isTaken ? paths.feedback(locale) : paths.feedbackNotSent(locale)),
      (error) => {
        onError(error)
        to(paths.feedbackNotSent(locale))
      },
    )
    return true
  }

  async function take(request: IncomingMessage, locale: Locale): Promise<boolean> {
    const { headers, socket } = request
    if (headers['sec-fetch-site'] === 'cross-site') return false
    if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return false
    const form = await formOf(request)
    if (!form) return false
    // A program that fills in what nobody sees is told what people are told.
    if (form.get('website')) return true
    const answer = answerFrom(form, locale, clock)
    if (!answer || !allows(networkOf(socket.remoteAddress, lastOf(headers['x-forwarded-for'])))) return false
    const doubt = isDoubtful(answer.comment, siteUrl, headers['accept-language'])
    return keepAnswer(dataDir, { ...answer, isDoubtful: doubt })
  }
}

const lastOf = (header: string | string[] | undefined): string | undefined => [header].flat().at(-1)

/** A form that was sent; undefined when it is too long. */
async function formOf(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    length += part.length
    if (length > longestForm) return undefined
    parts.push(part)
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'))
}

function answerFrom(form: URLSearchParams, locale: Locale, clock: Clock): Answer | undefined {
  const comment = masked((form.get('comment') ?? '').replaceAll('\r\n', '\n').trim())
  return Answer.safeParse({
    id: randomUUID(),
    uid: form.get('uid'),
    locale,
    stamp: form.get('stamp'),
    helpful: form.get('helpful'),
    comment,
    day: dayOf(clock.now()),
  }).data
}
