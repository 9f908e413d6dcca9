import { type ChildProcess, execFile, fork, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { paths } from 'pipeline/channels/addresses.ts'
import { channels } from 'pipeline/channels/index.ts'
import { publishFolder } from 'pipeline/serve/static-folder.ts'
import { lacks } from '../needs.ts'
import { article, paragraph, root, uid } from '../pipeline/documents.ts'
import { Publication, workspace } from '../release/publication.ts'
import type { Figure } from './figure.ts'

/** Rounds in which every server is measured, one after the other, and how long each; milliseconds. */
const rounds = 7
const duration = 1200
const nginxPort = 27_480

const file = (name: string) => fileURLToPath(new URL(`serving/${name}`, import.meta.url))
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

async function load(port: number, path: string): Promise<number> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', file('load.ts'), String(port), path, String(duration)],
    { timeout: 30_000 },
  )
  return Number(stdout)
}

function start(kind: 'ours' | 'bare', folder: string, path: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(file('server.ts'), [kind, folder, path], { execArgv: ['--import', 'tsx'] })
  return new Promise((resolve, reject) => {
    child.once('message', (port) => resolve({ child, port: port as number }))
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)))
  })
}

/** The published folder behind nginx, one process as ours. */
async function startNginx(folder: string, scratch: string): Promise<{ child: ChildProcess; port: number }> {
  await mkdir(scratch)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${scratch}/${name};`,
  )
  const text = `daemon off; master_process off; pid ${scratch}/pid; events { }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; ${temporary.join(' ')}
include ${folder}/_signpost/nginx-maps.conf;
server { listen 127.0.0.1:${nginxPort}; root ${folder}; include ${folder}/_signpost/nginx-server.conf; } }`
  await writeFile(join(scratch, 'nginx.conf'), text)
  const child = spawn('nginx', ['-c', join(scratch, 'nginx.conf'), '-e', join(scratch, 'errors')], { stdio: 'ignore' })
  await new Promise((resolve) => setTimeout(resolve, 500))
  return { child, port: nginxPort }
}

export async function bench(): Promise<Figure[]> {
  const publication = new Publication()
  publication.publish(article({ uid: uid(101), slug: 'first', body: root(paragraph('many words '.repeat(2000))) }))
  const typeset = async () => new TextEncoder().encode('%PDF')
  const place = await workspace(publication, { channels, typeset, clock: { now: () => new Date() } })
  await place.reconcile()
  const [store, folder, path] = [join(place.folder, 'release'), join(place.folder, 'public'), paths.page('en', 'first')]
  await publishFolder(place.store, folder)
  const servers = new Map([
    ['ours', await start('ours', store, path)],
    ['bare node:http', await start('bare', store, path)],
    ...(lacks('nginx') ? [] : [['nginx', await startNginx(folder, join(place.folder, 'nginx'))] as const]),
  ])
  try {
    const rates = new Map<string, number[]>([...servers.keys()].map((name) => [name, []]))
    for (let round = 0; round < rounds; round++)
      for (const [name, { port }] of servers) rates.get(name)!.push(await load(port, path))
    const ours = median(rates.get('ours')!)
    return [...rates]
      .filter(([name]) => name !== 'ours')
      .map(([name, values]) => ({
        name: `a page, compressed, from the front : from ${name}`,
        ours,
        yardstick: median(values),
        // Each round by itself: what else the machine does meanwhile weighs on both.
        ratio: median(values.map((value, round) => rates.get('ours')![round]! / value)),
        unit: 'answers/s',
        ...(name === 'bare node:http' ? { goal: '≥ 0.8' } : {}),
      }))
  } finally {
    for (const { child } of servers.values()) child.kill('SIGTERM')
    await place.remove()
  }
}
