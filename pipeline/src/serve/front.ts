import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { locales } from 'content-schemas'
import { paths } from '../channels/addresses.ts'
import type { Store } from '../release/store.ts'
import { type Answer, type Form, headersOf, isForMachines, localeOf, readSnapshot } from './answers.ts'
import { createMetrics, isFromHere, type Metrics, metricsType } from './metrics.ts'
import { encodingsOf, languageOf, matches, sliceOf } from './negotiate.ts'
import { problemBody, problemType } from './problem.ts'

export type FrontOptions = {
  store: Store
  /**
   * Is offered every request that no file of the release answers, such as those to an admin, and says whether it took
   * it. Methods other than GET, HEAD and OPTIONS are offered first.
   */
  fallback?: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Reasons why the service is not all right, besides those the front knows itself: for `/healthz`. */
  health?: () => string[] | Promise<string[]>
  /** A line for each request: method, path without query, status, milliseconds. Never an address. Default: none. */
  accessLog?: (line: string) => void
  /** What went wrong while answering; readers see a 500 without details. */
  onError?: (error: unknown) => void
  /** How often to look for a new release, milliseconds; default 200. */
  interval?: number
  /** How long a client may take to send its headers, milliseconds; default 10,000. */
  patience?: number
}

export type Front = {
  server: Server
  /** Starts to listen; resolves to the port. The release is looked for before. */
  listen(port: number, host?: string): Promise<number>
  /** Number of the release that is served; 0 for none yet. */
  release(): number
  /** Finishes requests under way, for at most three seconds, and stops. */
  close(): Promise<void>
}

/** Limits on what a client may send, and on how slowly. */
const limits = {
  url: 2048,
  headerBytes: 16_384,
  headers: 100,
  headersTimeout: 10_000,
  checkEvery: 2000,
  requestTimeout: 120_000,
  idleTimeout: 60_000,
  keepAlive: 10_000,
  closing: 3000,
}

type Current = Awaited<ReturnType<typeof readSnapshot>>
/** What answering needs besides a release. */
type Service = FrontOptions & { metrics: Metrics }

/** Serves the release of a store over HTTP, and swaps it at once when another one stands. */
export function createFront(options: FrontOptions): Front {
  const { store, interval = 200, patience = limits.headersTimeout } = options
  const metrics = createMetrics()
  const service: Service = { ...options, metrics }
  const onError = (error: unknown) => {
    metrics.fail()
    options.onError?.(error)
  }
  let current: Current | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const refresh = async (): Promise<void> => {
    const index = await store.readIndex()
    if (index && index.signed !== current?.index.signed) current = await readSnapshot(store, index, current)
  }
  const watch = () => {
    timer = setTimeout(() => {
      refresh()
        .catch(onError)
        .finally(() => {
          if (!isClosed) watch()
        })
    }, interval)
  }

  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: patience,
      connectionsCheckingInterval: Math.min(limits.checkEvery, patience),
      requestTimeout: limits.requestTimeout,
      keepAliveTimeout: limits.keepAlive,
    },
    (request, response) => {
      metrics.count(response)
      if (options.accessLog) logWhenDone(request, response, options.accessLog)
      const again = async () => {
        // The bytes of a release just replaced may have been purged: the one that stands has its own.
        await refresh()
        await answer(request, response, current, service)
      }
      answer(request, response, current, service)
        ?.catch(again)
        .catch((error) => fail(response, error, onError))
    },
  )
  server.maxHeadersCount = limits.headers
  server.timeout = limits.idleTimeout
  server.on('clientError', refuseConnection)

  return {
    server,
    release: () => current?.index.release ?? 0,
    async listen(port, host = '127.0.0.1') {
      await refresh().catch(onError)
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          server.off('error', reject)
          resolve()
        })
      })
      watch()
      return (server.address() as AddressInfo).port
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const impatience = setTimeout(() => server.closeAllConnections(), limits.closing)
      await closed
      clearTimeout(impatience)
    },
  }
}

/** Answers a request; a promise only where something has to be read. */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  current: Current | undefined,
  options: Service,
): Promise<void> | undefined {
  const url = request.url!
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead) {
    refuseMethod(request, response, options)
    return
  }
  if (url.length > limits.url) {
    // Lists of an admin carry their filters in the address.
    if (options.fallback?.(request, response)) return
    sendProblem(request, response, 414, `Addresses here are at most ${limits.url} characters long.`)
    return
  }
  const query = url.indexOf('?')
  const path = query < 0 ? url : url.slice(0, query)
  const found = current?.answerAt(path)
  if (!found) return answerOther(request, response, path, current, options)
  if (!(found instanceof Promise)) {
    send(request, response, found)
    return
  }
  return found.then((made) =>
    made ? send(request, response, made) : answerOther(request, response, path, current, options),
  )
}

/** What is no file of the release. */
async function answerOther(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  current: Current | undefined,
  options: Service,
): Promise<void> {
  if (path === '/healthz') return sendHealth(request, response, current, options)
  if (path === '/metrics' && isFromHere(request)) return sendMetrics(request, response, current, options)
  if (options.fallback?.(request, response)) return
  if (!current) return sendWaiting(request, response)
  if (path.length > 1 && path.endsWith('/') && current.paths.get(path.replace(/\/+$/, '')))
    return sendRedirect(request, response, path.replace(/\/+$/, ''))
  const stamp = stampAt(path)
  if (stamp !== undefined && stamp !== path && current.paths.get(stamp)) return sendRedirect(request, response, stamp)
  if (isForMachines(path)) return sendProblem(request, response, 404, 'There is nothing at this address.')
  const locale = localeOf(path) ?? languageOf(request.headers['accept-language'], locales) ?? locales[0]
  const page = (await current.answerAt(paths.notFound(locale))) ?? (await current.answerAt(paths.notFound(locales[0])))
  if (page) return send(request, response, { ...page, status: 404 })
  sendProblem(request, response, 404, 'There is nothing at this address.')
}

/** The page of a stamp that somebody typed from paper: Crockford's base 32 reads either case, O as 0, and I and L as 1. */
function stampAt(path: string): string | undefined {
  const [, typed] = /^\/c\/([0-9a-z]{10})$/i.exec(path) ?? []
  return typed && paths.stamp(typed.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1'))
}

function send(request: IncomingMessage, response: ServerResponse, found: Answer): void {
  const { headers } = request
  const form = bestForm(found, headers['accept-encoding'])
  if (isFresh(headers, found, form)) {
    response.writeHead(304, form.headers)
    response.end()
    return
  }
  if (headers.range !== undefined && found.hasRanges && sendPart(request, response, found)) return
  response.writeHead(found.status, form.whole)
  if (request.method === 'HEAD') response.end()
  else if (form.joined === undefined) response.end(form.body)
  else response.end(form.joined, 'latin1')
}

function bestForm({ forms }: Answer, header: string | string[] | undefined): Form {
  if (!forms.br && !forms.gzip) return forms.identity
  for (const encoding of encodingsOf(header as string | undefined)) {
    const form = forms[encoding]
    if (form) return form
  }
  return forms.identity
}

function isFresh(headers: IncomingMessage['headers'], found: Answer, form: Form): boolean {
  if (found.status !== 200) return false
  const known = headers['if-none-match']
  if (known !== undefined) return matches(known, form.tag)
  const since = headers['if-modified-since']
  return since !== undefined && found.modified > 0 && Date.parse(since) >= wholeSeconds(found)
}

/** When a file was changed, as precisely as HTTP tells it. */
const wholeSeconds = ({ modified }: Answer): number => Math.floor(modified / 1000) * 1000

/** Sends the part a client asks for; false if the whole is to be sent. */
function sendPart(request: IncomingMessage, response: ServerResponse, found: Answer): boolean {
  const form = found.forms.identity
  const condition = request.headers['if-range'] as string | undefined
  if (condition !== undefined && condition !== form.tag && Date.parse(condition) !== wholeSeconds(found)) return false
  const slice = sliceOf(request.headers.range, form.body.length)
  if (!slice) return false
  if (slice === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${form.body.length}`)
    sendProblem(request, response, 416, `This file has ${form.body.length} bytes.`)
    return true
  }
  const part = form.body.subarray(slice.start, slice.end)
  const range = `bytes ${slice.start}-${slice.end - 1}/${form.body.length}`
  response.writeHead(206, [...form.headers, 'Content-Range', range, 'Content-Length', String(part.length)])
  response.end(request.method === 'HEAD' ? undefined : part)
  return true
}

function refuseMethod(request: IncomingMessage, response: ServerResponse, { fallback }: FrontOptions): void {
  const allowed = 'GET, HEAD, OPTIONS'
  if (fallback?.(request, response)) return
  if (request.method !== 'OPTIONS') {
    response.setHeader('Allow', allowed)
    sendProblem(request, response, 405, 'What is published here can be read, and nothing else.')
    return
  }
  response.writeHead(204, {
    Allow: allowed,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': allowed,
    'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since, Range',
    'Access-Control-Max-Age': '86400',
  })
  response.end()
}

async function sendHealth(
  request: IncomingMessage,
  response: ServerResponse,
  current: Current | undefined,
  options: Service,
): Promise<void> {
  const reasons = await reasonsOf(current, options)
  const body = { status: reasons.length === 0 ? 'ok' : 'degraded', release: current?.index.release ?? 0, reasons }
  sendFresh(request, response, current ? 200 : 503, 'application/json; charset=utf-8', `${JSON.stringify(body)}\n`)
}

async function sendMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  current: Current | undefined,
  options: Service,
): Promise<void> {
  const text = options.metrics.text(current?.index, await reasonsOf(current, options))
  sendFresh(request, response, 200, metricsType, text)
}

/** What is true at this moment only. */
function sendFresh(request: IncomingMessage, response: ServerResponse, status: number, type: string, text: string) {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(request.method === 'HEAD' ? undefined : text)
}

const reasonsOf = async (current: Current | undefined, { health }: FrontOptions): Promise<string[]> => [
  ...ownReasons(current),
  ...((await health?.()) ?? []),
]

function ownReasons(current: Current | undefined): string[] {
  if (!current) return ['There is no release yet.']
  return Date.parse(current.index.expires) < Date.now() ? ['The index of the release has expired.'] : []
}

function sendWaiting(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Retry-After', '2')
  sendProblem(request, response, 503, 'The first release is being made. Try again in a moment.')
}

function sendRedirect(request: IncomingMessage, response: ServerResponse, location: string): void {
  response.setHeader('Location', location)
  sendProblem(request, response, 308, `What you look for is at ${location}.`)
}

function sendProblem(request: IncomingMessage, response: ServerResponse, status: number, detail: string): void {
  const body = problemBody(status, detail)
  const path = request.url!.length > limits.url ? '/' : request.url!
  const headers = headersOf(path, problemType, status)
  for (let index = 0; index < headers.length; index += 2) response.setHeader(headers[index]!, headers[index + 1]!)
  if (status >= 500) response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Content-Length', Buffer.byteLength(body))
  response.writeHead(status)
  response.end(request.method === 'HEAD' ? undefined : body)
}

function fail(response: ServerResponse, error: unknown, onError: (error: unknown) => void): void {
  onError(error)
  if (response.headersSent) return void response.destroy()
  const body = problemBody(500, 'Something went wrong on our side.')
  response.writeHead(500, {
    'Content-Type': problemType,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  })
  response.end(body)
}

const refusals: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** A request that is no HTTP or takes too long, or whose headers are too long. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const status = refusals[error.code ?? ''] ?? '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function logWhenDone(request: IncomingMessage, response: ServerResponse, log: (line: string) => void): void {
  const began = performance.now()
  const path = request.url!.slice(0, limits.url).replace(/\?.*/, '')
  response.once('close', () => {
    log(`${request.method} ${path} ${response.statusCode} ${Math.round(performance.now() - began)}`)
  })
}
