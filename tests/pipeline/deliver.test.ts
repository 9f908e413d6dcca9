import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  deliver,
  mailAddress,
  message,
  type Outgoing,
  type SmtpTransport,
  transportFrom,
} from 'pipeline/deliver/index.ts'
import { deliverBySmtp } from 'pipeline/deliver/smtp.ts'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'

const open: { close(done?: () => void): unknown }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise<void>((resolve) => server.close(() => resolve()))))
})

const outgoing = (): Promise<Outgoing> =>
  message({
    from: { name: 'Signpost', address: 'letters@example.org' },
    to: 'ada@example.net',
    subject: 'Quiet days – أيام هادئة',
    text: 'Rest.\n.\nA line of one dot stands above.\n',
    html: '<p>Rest.</p>',
    date: new Date('2026-02-05T09:00:00Z'),
    identity: 'N4RWXM86T7',
    list: 'l-1a2b3c4d',
  })

const to = (server: Server | SMTPServer): SmtpTransport => {
  const inner = server instanceof SMTPServer ? server.server : server
  return { kind: 'smtp', host: '127.0.0.1', port: (inner.address() as AddressInfo).port, tls: 'none', login: null }
}

/** A real SMTP server of another make, which keeps what it gets. */
async function inbox(options: SMTPServerOptions = {}): Promise<{ server: SMTPServer; got: Buffer[] }> {
  const got: Buffer[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    onData(stream, _, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk) => chunks.push(chunk))
      stream.on('end', () => {
        got.push(Buffer.concat(chunks))
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(server)
  return { server, got }
}

/** A server that follows a script: an answer for every command, or what to do to the connection. */
type Answers = Record<'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | '.', string | ((socket: Socket) => void)>
const polite: Answers = {
  greeting: '220 ready',
  EHLO: '250 hello',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  '.': '250 taken',
}
const cut = (socket: Socket) => socket.destroy()
const silence = () => {}

async function scripted(change: Partial<Answers>, onChunk?: (socket: Socket) => void): Promise<Server> {
  const answers = { ...polite, ...change }
  const server = createServer((socket) => {
    let isData = false
    let buffer = ''
    const answer = (step: keyof Answers) => {
      const what = answers[step]
      if (typeof what === 'function') what(socket)
      else socket.write(`${what}\r\n`)
    }
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      buffer += chunk
      if (isData) onChunk?.(socket)
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end)
        buffer = buffer.slice(end + 2)
        const step = line.slice(0, 4).toUpperCase() as keyof Answers
        if (isData) {
          if (line === '.') answer('.')
        } else if (step in answers) {
          isData = step === 'DATA' && answers.DATA === polite.DATA
          answer(step)
        } else socket.write('250 ok\r\n')
      }
    })
    answer('greeting')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  open.push({
    close(done) {
      for (const socket of sockets) socket.destroy()
      server.close(done)
    },
  })
  return server
}

describe('a message', () => {
  test('is read by a mail parser as it was meant, without the name of this machine', async () => {
    const { raw, envelope } = await outgoing()
    const mail = await PostalMime.parse(raw)
    expect(envelope).toEqual({ from: 'letters@example.org', to: 'ada@example.net' })
    expect(mail.subject).toBe('Quiet days – أيام هادئة')
    expect(mail.from).toMatchObject({ name: 'Signpost', address: 'letters@example.org' })
    expect(mail.html?.trim()).toBe('<p>Rest.</p>')
    expect(mail.text).toMatch(/\r?\n\.\r?\n/)
    expect(mail.messageId).toMatch(/^<[0-9a-f]{40}@example\.org>$/)
    expect(mail.date).toBe('2026-02-05T09:00:00.000Z')
    expect(mail.headers.find(({ key }) => key === 'list-id')?.value).toBe('<l-1a2b3c4d.example.org>')
  })

  test('has the same bytes for the same parts', async () => {
    expect((await outgoing()).raw).toEqual((await outgoing()).raw)
  })

  test('is refused when it is too large, or its addresses are none', async () => {
    const parts = {
      from: { name: 'A', address: 'a@example.org' },
      to: 'b@example.org',
      subject: 's',
      text: 't',
      date: new Date(0),
      identity: 'i',
    }
    await expect(message({ ...parts, html: 'long '.repeat(30_000) })).rejects.toThrow(/limit/)
    await expect(message({ ...parts, html: '', to: 'b@example.org, c@example.org' })).rejects.toThrow(/recipient/)
    const injected = await message({ ...parts, html: '', subject: 'x\r\nBcc: c@example.org' })
    expect((await PostalMime.parse(injected.raw)).bcc).toBeUndefined()
  })
})

describe('an address', () => {
  test.each(['a@example.org', "o'neil+list@sub.example.org", 'a@localhost'])('%s is one', (address) => {
    expect(mailAddress(address)).toBe(address)
  })
  test('with a domain in another script goes into ASCII', () => {
    expect(mailAddress('a@bücher.example')).toBe('a@xn--bcher-kva.example')
  })
  test.each([
    '',
    'a',
    '@example.org',
    'a@',
    'a@b',
    'a@-b.org',
    'a b@example.org',
    'a@example.org\r\nRCPT TO:<b@example.org>',
    'a@example.org>',
    '"a b"@example.org',
    'a@[127.0.0.1]',
    'a@example.org,b@example.org',
    'a@b@example.org',
    'a..b@example.org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(63)}.org`,
    'a\u0000@example.org',
    'a@exam\u200bple.org',
  ])('%j is none', (address) => {
    expect(mailAddress(address)).toBeUndefined()
  })
})

describe('SMTP_URL', () => {
  test('is a server with TLS, a server on this machine without, or the outbox', () => {
    expect(transportFrom('smtp://a%40b:p%2Fw@mail.example.org', '/out')).toEqual({
      kind: 'smtp',
      host: 'mail.example.org',
      port: 587,
      tls: 'starttls',
      login: { user: 'a@b', pass: 'p/w' },
    })
    expect(transportFrom('smtps://mail.example.org', '/out')).toMatchObject({ port: 465, tls: 'implicit', login: null })
    expect(transportFrom('smtp://127.0.0.1:1025', '/out')).toMatchObject({ tls: 'none', port: 1025 })
    expect(transportFrom('smtp://mail.example.org?tls=off', '/out')).toMatchObject({ tls: 'none' })
    expect(transportFrom(undefined, '/out')).toEqual({ kind: 'outbox', folder: '/out' })
  })
  test.each([
    'mail.example.org',
    'http://u:secret@x.org',
    'smtp://u:secret@x.org?tls=no',
    'smtps://u:secret@x?tls=off',
  ])('%s is refused without telling the password', (url) => {
    expect(() => transportFrom(url, '/out')).toThrow(/SMTP_URL/)
    expect(() => transportFrom(url, '/out')).not.toThrow(/secret/)
  })
})

describe('delivery', () => {
  test('hands the exact bytes to a mail server', async () => {
    const { server, got } = await inbox()
    const sent = await outgoing()
    expect(await deliver(sent, to(server))).toMatchObject({ state: 'sent', code: 250 })
    expect(got[0]?.toString()).toBe(Buffer.from(sent.raw).toString())
  })

  test('signs in, and says where it was refused', async () => {
    const { server, got } = await inbox({
      authMethods: ['PLAIN'],
      onAuth: ({ username, password }, _, done) =>
        password === 'right' ? done(null, { user: username }) : done(new Error('no')),
    })
    const transport = to(server)
    expect(await deliver(await outgoing(), { ...transport, login: { user: 'u', pass: 'right' } })).toMatchObject({
      state: 'sent',
    })
    expect(await deliver(await outgoing(), { ...transport, login: { user: 'u', pass: 'wrong' } })).toMatchObject({
      state: 'retry',
      stage: 'login',
      code: 535,
    })
    expect(got).toHaveLength(1)
  })

  test('sends nothing without the TLS it requires', async () => {
    const { server, got } = await inbox()
    expect(await deliver(await outgoing(), { ...to(server), tls: 'starttls' })).toMatchObject({
      state: 'retry',
      stage: 'connect',
    })
    expect(got).toHaveLength(0)
  })

  test.each<[string, Partial<Answers>, object]>([
    ['421 at the greeting', { greeting: '421 busy' }, { state: 'retry', stage: 'connect' }],
    ['554 at the greeting', { greeting: '554 go away' }, { state: 'retry', stage: 'connect' }],
    ['451 to the sender', { MAIL: '451 later' }, { state: 'retry', stage: 'sender', code: 451 }],
    ['550 to the sender', { MAIL: '550 no' }, { state: 'failed', stage: 'sender', code: 550 }],
    ['452 to the recipient', { RCPT: '452 full' }, { state: 'retry', stage: 'recipient', code: 452 }],
    ['550 to the recipient', { RCPT: '550 5.1.1 unknown' }, { state: 'failed', stage: 'recipient', code: 550 }],
    ['554 to DATA', { DATA: '554 no' }, { state: 'failed', code: 554 }],
    ['450 to the message', { '.': '450 later' }, { state: 'retry', stage: 'content', code: 450 }],
    ['554 to the message', { '.': '554 spam' }, { state: 'failed', stage: 'content', code: 554 }],
    ['a cut at the greeting', { greeting: cut }, { state: 'retry', stage: 'connect' }],
    ['a cut at MAIL', { MAIL: cut }, { state: 'retry' }],
    ['a cut at RCPT', { RCPT: cut }, { state: 'retry' }],
    ['a cut at DATA', { DATA: cut }, { state: 'retry' }],
    ['a cut after the message', { '.': cut }, { state: 'uncertain', stage: 'content' }],
  ])('%s', async (_, answers, expected) => {
    const server = await scripted(answers)
    expect(await deliver(await outgoing(), to(server))).toMatchObject(expected)
  })

  test('a cut in the middle of the message is uncertain', async () => {
    const server = await scripted({}, cut)
    expect(await deliver(await outgoing(), to(server))).toMatchObject({ state: 'uncertain' })
  })

  test.each<[string, Partial<Answers>, string]>([
    ['before the message', { RCPT: silence }, 'retry'],
    ['after the message', { '.': silence }, 'uncertain'],
  ])('a server that falls silent %s does not hold the sender', async (_, answers, state) => {
    const server = await scripted(answers)
    expect(await deliverBySmtp(await outgoing(), to(server), 300)).toMatchObject({ state })
  })

  test('nobody there: retry', async () => {
    const server = await scripted({})
    const transport = to(server)
    await new Promise<void>((resolve) => server.close(() => resolve()))
    expect(await deliver(await outgoing(), transport)).toMatchObject({ state: 'retry', stage: 'connect' })
  })

  test('refuses an envelope that holds more than an address', async () => {
    const sent = await outgoing()
    const crafted = { ...sent, envelope: { ...sent.envelope, to: 'a@example.org> SIZE=1\r\nRCPT TO:<b@example.org' } }
    await expect(deliver(crafted, transportFrom(undefined, tmpdir()))).rejects.toThrow(/envelope/)
  })

  test('without a server a file in the outbox, once', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'outbox-')), 'new')
    const sent = await outgoing()
    const { file } = await deliver(sent, { kind: 'outbox', folder })
    await deliver(sent, { kind: 'outbox', folder })
    expect(await readdir(folder)).toHaveLength(1)
    expect(file).toMatch(/\.eml$/)
    expect(new Uint8Array(await readFile(file!))).toEqual(new Uint8Array(sent.raw))
  })
})
