import { watch } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Payload } from 'payload'
import { handoutFormats, paths } from 'pipeline/channels/addresses.ts'
import { bytesOf } from 'pipeline/channels/channel.ts'
import { systemClock } from 'pipeline/clock.ts'
import { progressTo } from 'pipeline/release/progress.ts'
import { startReconciler } from 'pipeline/release/reconciler.ts'
import type { Store } from 'pipeline/release/store.ts'
import type { ClaimStore, Lease } from '../claims/claims.ts'
import { openClaims } from '../claims/open.ts'
import type { Environment } from '../environment.ts'
import { storeAnswers } from '../feedback/store.ts'
import { serveDraftHandouts } from '../publishing/draft-handouts.ts'
import type { Reference } from '../publishing/editions.ts'
import type { Form, Preview } from '../publishing/preview.ts'
import { wakeFile } from '../publishing/transaction.ts'
import { prepareInstallation } from './first-start.ts'
import { type InstalledPublication, openPayload, openPublication } from './installation.ts'
import { endWithSupervisor, type Link, tell } from './lifeline.ts'
import { writeProblems } from './problems.ts'
import { repeat } from './repeat.ts'
import { startScheduler } from './scheduler.ts'
import { leaseTime, workerLease } from './worker-lease.ts'

/**
 * The worker process: brings the database up to date, prepares a new installation, then keeps the release matching what
 * is published, and does what is on the schedule. It looks when an act wakes it and every half second, and notices a new
 * day by itself.
 */
export async function runWorker(environment: Environment): Promise<void> {
  const ending: (() => Promise<void> | void)[] = []
  endWithSupervisor(async () => {
    for (const end of ending.reverse()) await end()
  })
  const slow = setTimeout(() => tell({ type: 'progress', text: 'Opening the database' }), 2000)
  const payload = await openPayload()
  clearTimeout(slow)
  tell({ type: 'database-ready' })
  await prepareInstallation(payload, environment)
  const publication = await openPublication(environment)
  const reconciler = startReconciler({
    ...publication,
    onProgress: progressTo((text) => tell({ type: 'progress', text }), 10_000),
    onReport: ({ problems }) => {
      writeProblems(environment.dataDir, problems).catch((error) => console.error(error))
      for (const { locale, slug, reason } of problems)
        console.error(`${locale}/${slug} is not in the release: ${reason}`)
    },
    onError: (error) => console.error(error),
  })
  ending.push(async () => {
    await reconciler.stop()
    await publication.close()
  })
  ending.push(await onWake(environment, () => reconciler.wake()))
  ending.push(await showHandouts(payload, publication, environment))
  const store = await openClaims(environment.databaseUrl, systemClock)
  ending.push(() => store.close())
  ending.push(await showPresence(store))
  const scheduler = startScheduler(payload, store, (error) => console.error(error))
  ending.push(() => scheduler.stop())
  const storing = repeat(
    () => storeAnswers(payload, environment.dataDir),
    answersInterval,
    (error) => console.error(error),
  )
  ending.push(() => storing.stop())
  await reconciler.settled()
  await untilServed(publication.store, environment)
  const { marked, says } = await publication.compilerInUse()
  if (!marked) tell({ type: 'progress', text: says })
  tell({ type: 'links', links: await linksOf(payload, environment) })
  tell({ type: 'ready' })
}

/** How often the worker looks for what readers answered, milliseconds. */
const answersInterval = 5000

/** How long to wait for the front, and how often to ask it; milliseconds. */
const frontPatience = { most: 5000, interval: 50 }

/** Waits until the front of this machine, where one runs, serves the release that stands: links lead somewhere then. */
async function untilServed(store: Store, { port }: Environment): Promise<void> {
  const release = (await store.readIndex())?.release ?? 0
  for (let waited = 0; waited < frontPatience.most; waited += frontPatience.interval) {
    const served = await releaseServed(port)
    if (served === undefined || served >= release) return
    await pause(frontPatience.interval)
  }
}

/** The release a front on this machine serves; undefined without a front. */
async function releaseServed(port: number): Promise<number | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${paths.index}`)
    return response.ok ? ((await response.json()) as { release: number }).release : 0
  } catch {
    return undefined
  }
}

/** Calls when an act touches the file it wakes the reconciler by. */
async function onWake({ dataDir }: Environment, run: () => void): Promise<() => void> {
  const file = wakeFile(dataDir)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, '')
  // The folder, because a watcher of a file loses one that is replaced.
  const watcher = watch(dirname(file), (_, name) => {
    if (name === basename(file)) run()
  })
  return () => watcher.close()
}

/** Makes handouts of drafts for whoever previews them. Without, everything else goes on. */
async function showHandouts(
  payload: Payload,
  { channels, draw, typeset }: InstalledPublication,
  { dataDir }: Environment,
): Promise<() => Promise<void>> {
  const channel = channels.find(({ name }) => name === 'print')!
  try {
    const form = { channel, output: handoutFormats[0] }
    return await serveDraftHandouts(dataDir, async ({ form: asked, link, ...reference }) => {
      const made = await handoutOf(payload, { reference, link }, form, typeset)
      if (asked === 'handout' || !made || 'refused' in made) return made
      const { handoutPages } = await import('../publishing/handout-pages.ts')
      return handoutPages(bytesOf(made.file.body), draw)
    })
  } catch (error) {
    console.error(error)
    return async () => undefined
  }
}

async function handoutOf(
  payload: Payload,
  { reference, link }: { reference: Reference; link: string | undefined },
  form: Form,
  typeset: InstalledPublication['typeset'],
): Promise<Preview | undefined> {
  const { compileDraft, compileText } = await import('../publishing/preview.ts')
  if (link === undefined) return compileDraft(payload, reference, form, typeset)
  const { openLinkById } = await import('../review/links.ts')
  const opened = await openLinkById(payload, link)
  return opened && compileText(payload, opened, form, typeset)
}

/** Holds a lease for as long as this process runs, so that others see when a worker was last there. */
async function showPresence(store: ClaimStore): Promise<() => Promise<void>> {
  let lease: Lease | undefined
  const hold = async () => {
    lease = lease && (await store.leases.renew(lease, leaseTime))
    lease ??= await store.leases.acquire(workerLease, String(process.pid), leaseTime)
  }
  await hold()
  const timer = setInterval(() => hold().catch((error) => console.error(error)), leaseTime / 3)
  return async () => {
    clearInterval(timer)
    if (lease) await store.leases.release(lease)
  }
}

/** Where to look first, from the newest article and issue in English. */
async function linksOf(payload: Payload, { siteUrl }: Environment): Promise<Link[]> {
  const newest = async (kind: 'article' | 'issue') => {
    const { docs } = await payload.find({
      collection: kind === 'article' ? 'articles' : 'issues',
      where: { and: [{ _status: { equals: 'published' } }, { locale: { equals: 'en' } }] },
      sort: 'slug',
      limit: 1,
      select: { slug: true },
      depth: 0,
      overrideAccess: true,
    })
    return docs[0]
  }
  const [article, issue] = [await newest('article'), await newest('issue')]
  const link = (name: string, path: string): Link => ({ name, url: siteUrl + path })
  return [
    ...(article ? [link('An article', paths.page('en', article.slug ?? ''))] : [link('Home', paths.home('en'))]),
    ...(article ? [link('Its PDF', paths.handout('en', article.slug ?? '', 'a4.standard'))] : []),
    ...(issue ? [link('An e-mail as sent', paths.issue('en', issue.slug ?? ''))] : []),
    link('The feed', paths.feed('en')),
    article ? link('Edit this article', `/admin/collections/articles/${article.id}`) : link('The admin', '/admin'),
  ]
}
