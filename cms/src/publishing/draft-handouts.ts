import { chmod, mkdir, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import { Locale } from 'content-schemas'
import type { Reference } from './editions.ts'
import type { Preview } from './preview.ts'

/*
 * Handouts of drafts. Only the worker has the typesetter: whoever else wants to show one asks it over a socket that
 * belongs to this installation's account. What is asked for is an id; the worker reads the draft itself, or the text
 * that was frozen for a reviewer outside.
 */

/** The socket of the worker on this machine. */
export const handoutSocket = (dataDir: string): string => join(dataDir, 'run', 'handouts.sock')

/** A handout as the PDF that is printed, or its pages as pictures. */
export const handoutForms = ['handout', 'handout-pages'] as const
export type HandoutForm = (typeof handoutForms)[number]
export const isHandoutForm = (name: string): name is HandoutForm => (handoutForms as readonly string[]).includes(name)

/** Whose newest draft is meant, and as what; with the id of a link for a reviewer outside, the text that link shows. */
export type Asked = Reference & { form: HandoutForm; link?: string }

/** Makes the handout of what is asked for; undefined if there is no such. */
export type MakeHandout = (asked: Asked) => Promise<Preview | undefined>

/** Answers `GET /<form>/<uid>/<locale>[/<link>]` with that handout; returns what ends it. */
export async function serveDraftHandouts(dataDir: string, make: MakeHandout): Promise<() => Promise<void>> {
  const socket = handoutSocket(dataDir)
  const server = createServer((request, response) => void answer(request, response, make))
  await mkdir(dirname(socket), { recursive: true })
  // A worker that was killed leaves its own behind.
  await rm(socket, { force: true })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve))
  await chmod(socket, 0o600)
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}

async function answer({ url = '' }: IncomingMessage, response: ServerResponse, make: MakeHandout): Promise<void> {
  const [, form = '', uid = '', given, link] = url.split('/')
  const { data: locale } = Locale.safeParse(given)
  const say = (status: number, text: string) => response.writeHead(status, { 'Content-Type': plain }).end(text)
  try {
    const made = locale && isHandoutForm(form) && (await make({ form, uid, locale, ...(link && { link }) }))
    if (!made) say(404, 'There is no such document.')
    else if ('refused' in made) say(422, made.refused)
    else response.writeHead(200, { 'Content-Type': made.file.type }).end(made.file.body)
  } catch (error) {
    console.error(error)
    say(500, 'The worker could not make it. Its log says why.')
  }
}

const plain = 'text/plain; charset=utf-8'

/** How long a handout may take, waiting included, milliseconds. */
const timeLimit = 20_000

/** The handout of a draft, made by the worker of this machine; undefined if there is no such. */
export async function handoutOfDraft(
  dataDir: string,
  { form, uid, locale, link }: Asked,
): Promise<Preview | undefined> {
  try {
    const { status, type, body } = await get(
      handoutSocket(dataDir),
      `/${[form, uid, locale, link].flatMap((part) => (part ? encodeURIComponent(part) : [])).join('/')}`,
    )
    if (status === 404) return undefined
    return status === 200 ? { file: { path: '', type, body } } : { refused: body.toString('utf8') }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'ECONNREFUSED') throw error
    return {
      refused: 'No worker runs on this machine, and only the worker typesets. Start it, or publish and look there.',
    }
  }
}

type Answer = { status: number; type: string; body: Buffer }

const get = (socketPath: string, path: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    // A connection of its own: one that is kept leads to the worker there was before.
    const asked = request({ socketPath, path, timeout: timeLimit, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 500,
          type: response.headers['content-type'] ?? plain,
          body: Buffer.concat(chunks),
        }),
      )
    })
    asked.on('timeout', () => asked.destroy(new Error(`The handout took longer than ${timeLimit / 1000} s.`)))
    asked.on('error', reject)
    asked.end()
  })
