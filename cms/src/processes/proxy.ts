import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'

/** Headers that concern one connection only (RFC 9110, section 7.6.1). */
const ofConnection = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']

/** Where the admin listens, and how the outside world reaches it. */
export type Behind = { port: number; protocol: 'http' | 'https' }

/**
 * Passes a request on to a server on a port of this machine, and its answer back, both as they come in.
 * `unreachable` answers instead when nobody listens there.
 */
export function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  { port, protocol }: Behind,
  unreachable: () => void,
): void {
  const { method, url, socket } = request
  const headers = {
    ...withoutConnection(request.headers),
    // Whoever asks may write anything into these; the admin believes what stands there.
    'x-forwarded-host': request.headers.host,
    'x-forwarded-proto': protocol,
    'x-forwarded-for': socket.remoteAddress,
  }
  const asked = ask({ host: '127.0.0.1', port, method, path: url, headers, setHost: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers))
    pipeline(answer, response, () => undefined)
  })
  asked.on('error', () => {
    if (response.headersSent) response.destroy()
    else unreachable()
  })
  response.on('close', () => asked.destroy())
  pipeline(request, asked, () => undefined)
}

function withoutConnection(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(/\s*,\s*/)
  const kept = Object.entries(headers).filter(([name]) => !ofConnection.includes(name) && !named.includes(name))
  return Object.fromEntries(kept)
}
