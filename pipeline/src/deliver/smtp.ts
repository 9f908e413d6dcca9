import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Delivery, Outgoing, Stage } from './delivery.ts'
import type { SmtpTransport } from './transport.ts'

/** Milliseconds one hand-off may take from the first byte to the last, whatever the server does. */
const handOffLimit = 60_000
const silenceLimit = 30_000

/** Connects, hands one message over and says goodbye. Never rejects: what went wrong is in the answer. */
export async function deliverBySmtp(
  message: Outgoing,
  transport: SmtpTransport,
  limit = handOffLimit,
): Promise<Delivery> {
  const connection = new SMTPConnection({
    host: transport.host,
    port: transport.port,
    secure: transport.tls === 'implicit',
    requireTLS: transport.tls === 'starttls',
    ignoreTLS: transport.tls === 'none',
    ...(transport.name ? { name: transport.name } : {}),
    connectionTimeout: silenceLimit,
    greetingTimeout: silenceLimit,
    socketTimeout: silenceLimit,
    maxResponseSize: 64 * 1024,
  })
  const handOff = new HandOff(connection, message)
  try {
    return await Promise.race([handOff.run(transport.login), handOff.broken(), handOff.outOfTime(limit)])
  } catch (error) {
    return handOff.deliveryOf(error as SmtpError)
  } finally {
    handOff.end()
  }
}

/** What nodemailer attaches to its errors. */
type SmtpError = Error & { code?: string; command?: string; responseCode?: number; response?: string }

/** One message on one connection: how far it got decides what a failure means. */
class HandOff {
  private stage: Stage = 'connect'
  private readonly content: Readable
  private readonly connection: SMTPConnection
  private readonly message: Outgoing
  private timer: NodeJS.Timeout | undefined

  constructor(connection: SMTPConnection, message: Outgoing) {
    this.connection = connection
    this.message = message
    this.content = Readable.from([Buffer.from(message.raw)], { objectMode: false })
  }

  async run(login: SmtpTransport['login']): Promise<Delivery> {
    await settled((done) => this.connection.connect(done))
    if (login) {
      this.stage = 'login'
      await settled((done) => this.connection.login(login, done))
    }
    this.stage = 'envelope'
    const { from, to } = this.message.envelope
    const size = this.message.raw.byteLength
    const { response } = await settled<{ response: string }>((done) =>
      this.connection.send({ from, to: [to], size }, this.content, done),
    )
    return { state: 'sent', stage: 'content', ...replyOf(response) }
  }

  /** Rejects when the connection breaks: not every break reaches the call that waits. */
  broken(): Promise<never> {
    return new Promise((_, reject) => {
      this.connection.on('error', reject)
      this.connection.once('end', () => reject(new Error('The connection ended.')))
    })
  }

  outOfTime(limit: number): Promise<never> {
    return new Promise((_, reject) => {
      this.timer = setTimeout(() => reject(new Error(`The hand-off took longer than ${limit / 1000} s.`)), limit)
    })
  }

  deliveryOf(error: SmtpError): Delivery {
    const stage = this.stageOf(error)
    const answer = { stage, ...replyOf(error.response ?? error.message) }
    // The server read the message; without its reply nobody knows what it made of it.
    if (this.content.readableDidRead && error.code !== 'EMESSAGE') return { state: 'uncertain', ...answer }
    return { state: isFinal(error, stage) ? 'failed' : 'retry', ...answer }
  }

  private stageOf({ command }: SmtpError): Stage {
    if (this.content.readableDidRead) return 'content'
    if (command === 'MAIL FROM') return 'sender'
    if (command === 'RCPT TO') return 'recipient'
    return this.stage
  }

  end(): void {
    clearTimeout(this.timer)
    // Late errors of a connection that is done with concern nobody.
    this.connection.on('error', () => {})
    this.connection.quit()
    setTimeout(() => this.connection.close(), 1000).unref()
  }
}

/** Whether the server refused the message for good. What it says at connect and login is not about the message. */
const isFinal = ({ responseCode }: SmtpError, stage: Stage): boolean =>
  stage !== 'connect' && stage !== 'login' && responseCode !== undefined && responseCode >= 500 && responseCode !== 503

type Done<T> = (error?: Error | null, result?: T) => void
const settled = <T>(start: (done: Done<T>) => void): Promise<T> =>
  new Promise((resolve, reject) => start((error, result) => (error ? reject(error) : resolve(result as T))))

function replyOf(text: string): { code?: number; reply: string } {
  const code = /^(\d{3})[ -]/.exec(text)?.[1]
  return { ...(code ? { code: Number(code) } : {}), reply: text }
}
