import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Locale, locales } from 'content-schemas'
import { createLocalReq, type Payload, type TypedUser, type Where } from 'payload'
import { dayOf } from 'pipeline/clock.ts'
import { stampOf } from 'pipeline/identity.ts'
import { withDays } from 'pipeline/sources/records.ts'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Role } from '../access/roles.ts'
import type { Environment } from '../environment.ts'
import { Answer } from '../feedback/answer.ts'
import { storeAnswer } from '../feedback/store.ts'
import { publish } from '../publishing/acts.ts'
import { clockOf } from '../publishing/clock.ts'
import type { Reference } from '../publishing/editions.ts'
import { type ImportedFile, importPaths } from '../publishing/folder/import.ts'
import { newestRow } from '../publishing/records.ts'
import { sharedKinds } from '../publishing/sign-offs.ts'
import { signOff, signOffStanding } from '../publishing/signing.ts'
import { approve, type ReviewFields, submit } from '../review/acts.ts'
import { replaceWords } from '../writing/replace.ts'
import { tell } from './lifeline.ts'

/*
 * The sample of a new installation: approved and published by the acts as anyone's content is, with some work under way,
 * so that every role finds something to do.
 */

/** Sign-ins to try the roles with. */
export const sampleAccounts: { role: Role; name: string; email: string }[] = [
  { role: 'editor', name: 'Sample Editor', email: 'editor@signpost.example' },
  { role: 'reviewer', name: 'Sample Reviewer', email: 'reviewer@signpost.example' },
  { role: 'publisher', name: 'Sample Publisher', email: 'publisher@signpost.example' },
  { role: 'newsletter-manager', name: 'Sample Newsletter Manager', email: 'newsletters@signpost.example' },
]

/** Imports the sample, publishes it, and puts some work under way. */
export async function importSample(payload: Payload, { root }: Pick<Environment, 'root'>): Promise<void> {
  const say = everyTwoSeconds()
  tell({ type: 'progress', text: 'Importing the sample content' })
  const folder = join(root, 'cms', 'sample')
  const files = await importPaths(payload, [folder], {
    onFile: (_, done, total) => say(`Importing the sample content: ${done} of ${total} files`),
  })
  for (const { path, messages } of files.filter(({ outcome }) => outcome === 'refused'))
    tell({ type: 'progress', text: `${path} was not imported: ${messages.map(({ reason }) => reason).join(' ')}` })
  await nameReviewer(payload)
  const finished = files.filter(({ path }) => !path.startsWith(join(folder, underWay)))
  await signSampleOff(payload, finished)
  const all = published(finished)
  for (const [index, [kind, reference]] of all.entries()) {
    if (kind === 'article') await approveSample(payload, reference)
    await publish(payload, kind, reference, { by: 'Sample Publisher', sample: true })
    say(`Publishing the sample content: ${index + 1} of ${all.length} documents`)
  }
  await putToWork(payload, join(folder, underWay))
}

/** Articles, then issues; originals first, so that a translation is approved against a source that was. */
function published(files: readonly ImportedFile[]): (readonly ['article' | 'issue', Reference])[] {
  const of = (collection: string) =>
    files
      .flatMap(({ became }) => (became?.collection === collection ? [referenceOf(became.id)] : []))
      .sort((one, other) => locales.indexOf(one.locale) - locales.indexOf(other.locale))
  return [
    ...of('articles').map((reference) => ['article', reference] as const),
    ...of('issues').map((reference) => ['issue', reference] as const),
  ]
}

function referenceOf(id: string): Reference {
  const [uid = '', locale = ''] = id.split('.')
  return { uid, locale: locale as Locale }
}

/** Folder of the sample with what its people are busy with: nothing of it is published. */
const underWay = 'under-way'

const Work = z.strictObject({
  changes: z.array(z.strictObject({ find: z.string(), replace: z.string(), act: z.enum(['submit', 'approve']) })),
  feedback: z.array(Answer.omit({ stamp: true, isDoubtful: true })),
})

/** Puts an article in review, another one before the publisher, and answers of readers on the desks of the sample's people. */
async function putToWork(payload: Payload, folder: string): Promise<void> {
  const read: unknown = parse(await readFile(join(folder, 'work.yaml'), 'utf8'))
  const { changes, feedback } = Work.parse(withDays(read, dayOf(clockOf(payload).now())))
  const [editor, reviewer] = [await sampleUser(payload, 'editor'), await sampleUser(payload, 'reviewer')]
  // An installation that had accounts before it had the sample.
  if (!editor || !reviewer) return
  for (const { find, replace, act } of changes) {
    const changed = await replaceWords(payload, { find, replace, locale: 'en' }, { user: editor })
    for (const { id } of changed) {
      const reference = referenceOf(id)
      await submit(payload, reference, { by: editor.name, user: editor, reviewer: String(reviewer.person) })
      if (act === 'approve') await approve(payload, reference, { by: reviewer.name, user: reviewer })
    }
  }
  for (const { uid, locale, ...said } of feedback)
    await storeAnswer(payload, { ...said, uid, locale, stamp: stampOf(uid, locale, 1), isDoubtful: false })
}

async function sampleUser(payload: Payload, role: Role): Promise<TypedUser | undefined> {
  const { email } = sampleAccounts.find((account) => account.role === role)!
  const where: Where = { email: { equals: email } }
  const { docs } = await payload.find({ collection: 'users', where, limit: 1, depth: 0, overrideAccess: true })
  return docs[0] && { ...docs[0], collection: 'users' }
}

/**
 * Signs the shared texts of the sample off, in every language they have, in the name of its reviewer. From then on the
 * house asks for it.
 */
export async function signSampleOff(payload: Payload, files: readonly ImportedFile[]): Promise<void> {
  const acting = { by: 'Sample Reviewer' }
  const req = await createLocalReq({}, payload)
  for (const kind of sharedKinds)
    for (const { became } of files.filter((file) => file.became?.collection === kind))
      for (const locale of locales) {
        const text = { kind, uid: became!.id, locale }
        if ((await signOffStanding(req, text, acting)).contentHash) await signOff(payload, text, acting)
      }
  await payload.updateGlobal({
    slug: 'editorial-policy',
    data: { signOffShared: true },
    depth: 0,
    overrideAccess: true,
  })
}

/** Approves an article of the sample in the name of the reviewer its file names, as of the day that stands there. */
async function approveSample(payload: Payload, reference: Reference): Promise<void> {
  const row = await newestRow(await createLocalReq({}, payload), 'articles', reference)
  const { reviewer, lastReviewed, nextReview } = (row?.review ?? {}) as ReviewFields
  const days = { lastReviewed: dayIn(lastReviewed), nextReview: dayIn(nextReview) }
  await approve(payload, reference, { by: 'Sample Reviewer', reviewer: reviewer ?? '', ...days })
}

const dayIn = (date: string | null | undefined): string | null => date?.slice(0, 10) ?? null

/** Who readers see as the reviewer of most of the sample: the sample's reviewer approves in this name. */
const sampleReviewer = 'robin-sample'

async function nameReviewer(payload: Payload): Promise<void> {
  const quiet = { depth: 0, overrideAccess: true } as const
  const { docs } = await payload.find({ collection: 'people', where: { slug: { equals: sampleReviewer } }, ...quiet })
  const email = sampleAccounts.find(({ role }) => role === 'reviewer')?.email
  if (!docs[0]) return
  await payload.update({
    collection: 'users',
    where: { email: { equals: email } },
    data: { person: docs[0].id },
    ...quiet,
  })
}

function everyTwoSeconds(): (text: string) => void {
  let last = Date.now()
  return (text) => {
    if (Date.now() - last < 2000) return
    last = Date.now()
    tell({ type: 'progress', text })
  }
}
