import { lookup as resolveName } from 'node:dns'
import { type ClientRequest, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './addresses.ts'

/** What became of a link. `dead`: the page is not there. `unsure`: nobody can tell from here. `barred`: it leads inside a network. */
export type Probe = {
  url: string
  state: 'alive' | 'moved' | 'dead' | 'unsure' | 'barred'
  /** HTTP status of the last answer, where there was one. */
  status?: number
  /** Where it has moved to for good. */
  to?: string
  /** A plain sentence on what happened. */
  says: string
}

export type ProbeOptions = {
  /** How long one answer may take, milliseconds. Default 10,000. */
  patience?: number
  /** How many are asked at a time. Default 4. */
  parallel?: number
  /** Which addresses may be asked. Default: those of the public internet. */
  isAllowed?: (address: string) => boolean
}

/** Redirects that are followed. */
const mostRedirects = 5

/**
 * Asks for each address once, HEAD before GET, and reads no body. Never throws: what goes wrong is the answer. The address
 * that a name stands for is looked at in the very connection, so that a name cannot be changed between the look and the call.
 */
export async function probeLinks(urls: Iterable<string>, options: ProbeOptions = {}): Promise<Map<string, Probe>> {
  const waiting = [...new Set(urls)]
  const probes = new Map<string, Probe>()
  const worker = async () => {
    for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) probes.set(url, await probe(url, options))
  }
  await Promise.all(Array.from({ length: options.parallel ?? 4 }, worker))
  return probes
}

type Answer = { status: number; location: string | undefined }

async function probe(url: string, options: ProbeOptions): Promise<Probe> {
  let at = url
  let isForGood = true
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const { status, location } = await askGently(new URL(at), options)
      if (status < 300 || status >= 400 || !location) return verdict(url, at, status, isForGood)
      isForGood &&= status === 301 || status === 308
      at = new URL(location, at).href
    }
    return { url, state: 'dead', says: `It leads from one page to the next, more than ${mostRedirects} times.` }
  } catch (error) {
    if (error instanceof BarredError) return { url, state: 'barred', says: error.message }
    const why = error instanceof Error ? error.message : String(error)
    return { url, state: isNoSuchName(error) ? 'dead' : 'unsure', says: `It cannot be reached from here: ${why}` }
  }
}

function verdict(url: string, at: string, status: number, isForGood: boolean): Probe {
  if (status === 404 || status === 410)
    return { url, state: 'dead', status, says: `It answers ${status}: the page is not there.` }
  // Many sites turn programs away that show every person the page.
  if (status >= 400) return { url, state: 'unsure', status, says: `It answers ${status}. Look at it in a browser.` }
  if (at !== url && isForGood) return { url, state: 'moved', status, to: at, says: `It has moved to ${at} for good.` }
  return { url, state: 'alive', status, says: `It answers ${status}.` }
}

/** Asks with HEAD, and with GET where that is not answered as it should be. */
async function askGently(url: URL, options: ProbeOptions): Promise<Answer> {
  const head = await ask('HEAD', url, options).catch((error) => {
    if (error instanceof BarredError || isNoSuchName(error)) throw error
    return undefined
  })
  return head && head.status < 400 ? head : ask('GET', url, options)
}

/** An address that must not be asked. */
class BarredError extends Error {}

const isNoSuchName = (error: unknown): boolean => (error as NodeJS.ErrnoException)?.code === 'ENOTFOUND'

function ask(
  method: 'HEAD' | 'GET',
  url: URL,
  { patience = 10_000, isAllowed = isPublicAddress }: ProbeOptions,
): Promise<Answer> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new BarredError(`It leads to ${url.protocol}, which is not asked.`)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && !isAllowed(host)) throw new BarredError(barred(host))
  const headers = { 'user-agent': 'Signpost link check', accept: '*/*' }
  const signal = AbortSignal.timeout(patience)
  return new Promise((resolve, reject) => {
    const call = url.protocol === 'https:' ? requestHttps : requestHttp
    const options = { method, headers, signal, agent: false, lookup: guarded(isAllowed) } as const
    const asked: ClientRequest = call(url, options, (answer) => {
      const { statusCode = 0, headers } = answer
      answer.destroy()
      resolve({ status: statusCode, location: headers.location })
    })
    asked.on('error', (error) => reject(signal.aborted ? new Error(`no answer in ${patience / 1000} seconds`) : error))
    asked.end()
  })
}

const barred = (address: string): string => `It leads to ${address}, inside a private network, which is not asked.`

/** Looks a name up as always, and refuses all of it if one of its addresses may not be asked. */
const guarded =
  (isAllowed: (address: string) => boolean): LookupFunction =>
  (name, options, done) => {
    resolveName(name, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0)
      const wrong = addresses.find(({ address }) => !isAllowed(address))
      if (wrong) return done(new BarredError(barred(wrong.address)), '', 0)
      if (options.all) return done(null, addresses)
      done(null, addresses[0]!.address, addresses[0]!.family)
    })
  }
