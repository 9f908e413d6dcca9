import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as Sample from 'cms/src/processes/sample.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Assurances from 'cms/src/publishing/assurances.ts'
import type * as Import from 'cms/src/publishing/folder/import.ts'
import type * as Moving from 'cms/src/publishing/move.ts'
import type * as Signing from 'cms/src/publishing/signing.ts'
import type * as Sources from 'cms/src/publishing/source.ts'
import type * as Review from 'cms/src/review/acts.ts'
import type * as Translations from 'cms/src/review/translations.ts'
import type { Locale } from 'content-schemas'
import { channels } from 'pipeline/channels/index.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { reconcile } from 'pipeline/release/reconcile.ts'
import { install } from '../cms/installation.ts'
import { signer } from './publication.ts'

/*
 * An installation with the sample, and everything that may happen to it: the same acts at the same times, on whichever
 * database SIGNPOST_TEST_DATABASE names. The releases stand in the folder given.
 */
const [folder] = process.argv.slice(2) as [string]
const sample = fileURLToPath(new URL('../../cms/sample', import.meta.url))

const cms = await install('2026-05-01T09:00:00.000Z')
const { payload, clock } = cms
// Also when an act is refused.
process.once('exit', () => rmSync(cms.dataDir, { recursive: true, force: true }))
const importing: typeof Import = await import('cms/src/publishing/folder/import.ts')
const sampleContent: typeof Sample = await import('cms/src/processes/sample.ts')
const acts: typeof Acts = await import('cms/src/publishing/acts.ts')
const moving: typeof Moving = await import('cms/src/publishing/move.ts')
const signing: typeof Signing = await import('cms/src/publishing/signing.ts')
const assurances: typeof Assurances = await import('cms/src/publishing/assurances.ts')
const review: typeof Review = await import('cms/src/review/acts.ts')
const translations: typeof Translations = await import('cms/src/review/translations.ts')
const { publishedSource }: typeof Sources = await import('cms/src/publishing/source.ts')

const store = await openFilesystemStore(join(folder, 'release'))
const release = async () => {
  const { problems } = await reconcile({
    ...{ store, source: publishedSource(payload), signer: await signer(), channels, version: 'test' },
    stateFolder: join(folder, 'state'),
    clock: { now: () => clock.now },
    // A handout is as equal as what is typeset.
    typeset: async ({ input, files, date }) =>
      new TextEncoder().encode(`%PDF ${date} ${Object.keys(files).join()} ${JSON.stringify(input)}`),
  })
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
}

const by = { by: 'A publisher' }
/** What happens after another minute. */
const later = <T>(act: () => Promise<T>): Promise<T> => {
  clock.now = new Date(clock.now.getTime() + 60_000)
  return act()
}
const quiet = { depth: 0, overrideAccess: true } as const

type Document = { uid: string; locale: Locale; slug: string; review?: Review.ReviewFields }
async function found(collection: 'articles' | 'issues'): Promise<Document[]> {
  const { docs } = await payload.find({ collection, draft: true, pagination: false, ...quiet })
  return docs as unknown as Document[]
}
const files = await importing.importPaths(payload, [sample])
await sampleContent.signSampleOff(payload, files)
const [articles, issues] = [await found('articles'), await found('issues')]
const article = (locale: Locale, slug: string): Document => {
  const one = articles.find((each) => each.locale === locale && each.slug === slug)
  if (!one) throw new Error(`The sample has no article ${locale}/${slug} any longer. Name another one here.`)
  return one
}
const record = async (collection: 'resources' | 'glossary', slug: string) => {
  const { docs } = await payload.find({ collection, where: { slug: { equals: slug } }, ...quiet })
  return docs[0]!.id
}

const day = (date: string | null | undefined) => date?.slice(0, 10) ?? null
const approve = ({ uid, locale, review: as = {} }: Document) => {
  const days = { lastReviewed: day(as.lastReviewed), nextReview: day(as.nextReview) }
  return review.approve(payload, { uid, locale }, { by: 'A reviewer', reviewer: as.reviewer ?? '', ...days })
}
const write = ({ uid, locale }: Document, data: object) =>
  payload.update({ collection: 'articles', id: `${uid}.${locale}`, data: data as never, draft: true, ...quiet })
/** Writes, has it approved, and publishes. */
async function change(document: Document, data: object, note: { changeNote: string; major?: boolean }) {
  await later(() => write(document, data))
  await later(() => approve(document))
  return later(() => acts.publish(payload, 'article', document, { ...by, ...note }))
}

const naloxone = article('en', 'naloxone-how-to-use-it')
const spanish = article('es', 'como-usar-la-naloxona')
const arabic = article('ar', 'naloxone-how-to-use-it')
const withdrawal = article('en', 'opioid-withdrawal-safely')
const emergency = article('en', 'alcohol-withdrawal-emergency')
const family = article('en', 'helping-a-family-member')
const familia = article('es', 'ayudar-a-un-familiar')
const sleep = article('en', 'sleep-in-early-recovery')
const pain = article('en', 'talking-about-prescription-opioids')

// The rest stay drafts.
for (const one of [naloxone, spanish, arabic, withdrawal, emergency, family, familia, sleep, pain]) {
  await later(() => approve(one))
  await later(() => acts.publish(payload, 'article', one, { ...by, sample: one.locale !== 'en' }))
}
const letter = issues.find(({ locale, slug }) => locale === 'en' && slug === 'first-letter')!
await later(() => acts.publish(payload, 'issue', letter, by))
await release()

await change(naloxone, { summary: 'What naloxone is, and how to give it.' }, { changeNote: 'A shorter summary.' })
await change(withdrawal, { title: 'Opioid withdrawal: 3 safer steps' }, { changeNote: 'A new title.', major: true })
await later(() => moving.move(payload, withdrawal, { ...by, slug: 'safer-opioid-withdrawal' }))

const helpline = await record('resources', 'lifeline-988')
await later(() =>
  payload.update({ collection: 'resources', id: helpline, data: { url: 'https://example.org/' }, ...quiet }),
)
await later(() => assurances.verifyResource(payload, helpline, by))
const replacement = { status: 'defunct', replacedBy: await record('resources', 'samhsa-helpline') } as const
const closed = await record('resources', 'never-use-alone')
await later(() => payload.update({ collection: 'resources', id: closed, data: replacement, ...quiet }))
const term = await record('glossary', 'naloxone')
const definition = 'A medicine that reverses an opioid overdose for a short time.'
await later(() => payload.update({ collection: 'glossary', id: term, data: { definition }, locale: 'en', ...quiet }))
await later(() => signing.signOff(payload, { kind: 'glossary', uid: term, locale: 'en' }, { by: 'A reviewer' }))
await release()

await later(() => write(emergency, { summary: 'When leaving alcohol is an emergency.' }))
await later(() => approve(emergency))
await later(() => acts.correct(payload, 'article', emergency, { ...by, changeNote: 'The summary was wrong.' }))
await later(() => write(spanish, { translatedFrom: 'en', summary: 'Cómo dar la naloxona.' }))
await later(() => translations.checkTranslation(payload, spanish, { by: 'Eva Sol' }))
await later(() => acts.publish(payload, 'article', spanish, by))
await change(naloxone, { mainMessage: 'Give naloxone, and call for help.' }, { changeNote: 'Call too.', major: true })

const reason = 'It is out of date.'
await later(() => acts.withdraw(payload, family, { ...by, reason, replacement: naloxone.uid }))
await later(() => acts.gone(payload, pain, { ...by, reason }))
await later(() => acts.redirect(payload, sleep, { ...by, reason, to: 'naloxone-how-to-use-it' }))
await later(() => acts.purge(payload, familia, { ...by, reason }))
await release()

// States of a later day: reviews overdue, confirmations run out.
clock.now = new Date('2029-05-01T09:00:00.000Z')
await release()
await cms.remove()
