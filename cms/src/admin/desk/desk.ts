import type { Locale } from 'content-schemas'
import { type CollectionSlug, createLocalReq, type Payload, type TypedUser, type Where } from 'payload'
import { dayOf } from 'pipeline/clock.ts'
import { dueDays } from 'pipeline/states.ts'
import { type Actor, collectionRoles, hasRole, mayAct } from '../../access/roles.ts'
import { localeNames } from '../../fields/identity.ts'
import { resourcesToConfirm, type ToConfirm } from '../../publishing/assurances.ts'
import { clockOf } from '../../publishing/clock.ts'
import { areSignOffsAsked, languagesIn, nameOf, waitingLocales } from '../../publishing/sign-offs.ts'
import { type ArticleState, articleStates } from '../../review/state.ts'

/** One thing that waits, and where it is done. `id` is its row's. */
export type Entry = {
  id: string
  title: string
  detail: string
  /** Of its row, in a pile of several collections; else that of the pile. */
  collection?: CollectionSlug
  /** The language it waits in, where a row has several. */
  locale?: Locale
}

/** Things of one sort that wait for somebody. */
export type Pile = {
  name: 'reviews' | 'own' | 'approved' | 'scheduled' | 'due' | 'resources' | 'sign-offs' | 'issues' | 'feedback'
  title: string
  /** What is said when nothing is there. */
  none: string
  collection: CollectionSlug
  /** How many there are; `entries` are the first of them. */
  count: number
  entries: Entry[]
  /** Query of the list that shows all of them. */
  query: string
  /** The lists of a pile of several collections, in the place of that one. */
  lists?: { name: string; collection: CollectionSlug; count: number; query: string }[]
}

/** How many of a pile are named; the list has the rest. */
const most = 5

type Desk = { payload: Payload; user: TypedUser; actor: Actor; today: string }

/** What waits for a user, by the roles, the most pressing first. Each pile is one bounded query of a collection. */
export async function pilesFor(payload: Payload, user: TypedUser): Promise<Pile[]> {
  const desk: Desk = { payload, user, actor: user as Actor, today: dayOf(clockOf(payload).now()) }
  const { actor } = desk
  const looks: [boolean, (desk: Desk) => Promise<Pile>][] = [
    [mayAct(actor, 'approve'), reviews],
    [mayAct(actor, 'sign-off') && (await areSignOffsAsked(await createLocalReq({}, payload))), signOffs],
    [mayAct(actor, 'submit'), own],
    [mayAct(actor, 'publish'), approved],
    [mayAct(actor, 'submit') || mayAct(actor, 'schedule'), scheduled],
    [mayAct(actor, 'submit') || mayAct(actor, 'approve'), due],
    [mayAct(actor, 'verify'), resources],
    [mayAct(actor, 'send'), issues],
    [hasRole(actor, collectionRoles.feedback.update), feedback],
  ]
  return Promise.all(looks.flatMap(([isTheirs, look]) => (isTheirs ? [look(desk)] : [])))
}

/** As a form of a list writes a condition into its address. */
function queryOf(where: [field: string, operator: string, value: string][], more: Record<string, string> = {}): string {
  const conditions = where.map(([field, operator, value], at): [string, string] => [
    `where[or][0][and][${at}][${field}][${operator}]`,
    value,
  ])
  return new URLSearchParams([...conditions, ...Object.entries(more)]).toString()
}

const shown = ({ user }: Desk, where: Where, sort: string) =>
  ({ where, sort, limit: most, depth: 0, overrideAccess: false, user }) as const

async function reviews(desk: Desk): Promise<Pile> {
  const person = personOf(desk.user)
  const where: Where = { and: [{ state: { equals: 'in-review' } }, { 'review.reviewer': { equals: person ?? '' } }] }
  const found = await drafts(desk, where, 'updatedAt')
  return {
    ...{ name: 'reviews', title: 'Waiting for your review', collection: 'articles', count: found.count },
    none: person
      ? 'Nothing waits for your review.'
      : 'Your sign-in names no person, so nobody can ask you for a review.',
    entries: found.rows.map((row) => ({ ...named(row), detail: `submitted ${dayIn(row.review?.submittedAt)}` })),
    query: queryOf([
      ['state', 'equals', 'in-review'],
      ['review.reviewer', 'equals', person ?? ''],
    ]),
  }
}

const underWay: ArticleState[] = ['draft', 'changed', 'in-review', 'approved']

async function own(desk: Desk): Promise<Pile> {
  const where: Where = { and: [{ editor: { equals: desk.user.id } }, { state: { in: underWay } }] }
  const found = await drafts(desk, where, '-updatedAt')
  return {
    ...{ name: 'own', title: 'Your articles under way', collection: 'articles', count: found.count },
    none: 'You have no article under way.',
    entries: found.rows.map((row) => ({
      ...named(row),
      detail: row.review?.note ? `returned: ${row.review.note}` : articleStates[row.state ?? 'draft'].toLowerCase(),
    })),
    query: queryOf([
      ['editor', 'equals', desk.user.id],
      ['state', 'in', underWay.join(',')],
    ]),
  }
}

async function approved(desk: Desk): Promise<Pile> {
  const found = await drafts(desk, { state: { equals: 'approved' } }, 'updatedAt')
  return {
    ...{ name: 'approved', title: 'Approved, to be published', collection: 'articles', count: found.count },
    none: 'Nothing waits to be published.',
    entries: found.rows.map((row) => ({ ...named(row), detail: `approved ${dayIn(row.review?.lastReviewed)}` })),
    query: queryOf([['state', 'equals', 'approved']]),
  }
}

async function scheduled(desk: Desk): Promise<Pile> {
  const { docs, totalDocs } = await desk.payload.find({
    collection: 'schedules',
    ...shown(desk, { state: { equals: 'waiting' } }, 'at'),
  })
  return {
    ...{ name: 'scheduled', title: 'Scheduled', collection: 'schedules', count: totalDocs },
    none: 'Nothing is scheduled.',
    entries: docs.map(({ id, title, act, at }) => ({
      ...{ id, title: title || 'Untitled' },
      detail: `to be ${act === 'publish' ? 'published' : 'withdrawn'} ${at.slice(0, 16).replace('T', ' ')} UTC`,
    })),
    query: queryOf([['state', 'equals', 'waiting']], { sort: 'at' }),
  }
}

/** Of somebody who only reviews, what they reviewed. */
async function due(desk: Desk): Promise<Pile> {
  const { actor, user, today } = desk
  const until = new Date(Date.parse(today) + dueDays * 86_400_000).toISOString()
  const theirs: Where[] = mayAct(actor, 'submit') ? [] : [{ 'review.reviewer': { equals: personOf(user) ?? '' } }]
  const where: Where = {
    and: [{ _status: { equals: 'published' } }, { 'review.nextReview': { less_than_equal: until } }, ...theirs],
  }
  const { docs, totalDocs } = await desk.payload.find({
    collection: 'articles',
    select: fields,
    ...shown(desk, where, 'review.nextReview'),
  })
  return {
    ...{ name: 'due', title: 'Review due or overdue', collection: 'articles', count: totalDocs },
    none: 'No review falls due in the next 90 days.',
    entries: (docs as Row[]).map((row) => ({ ...named(row), detail: dueIn(row.review?.nextReview, today) })),
    query: queryOf(
      [
        ['_status', 'equals', 'published'],
        ['review.nextReview', 'less_than_equal', until],
      ],
      { sort: 'review.nextReview' },
    ),
  }
}

async function resources({ payload }: Desk): Promise<Pile> {
  const waiting = await resourcesToConfirm(payload)
  return {
    ...{ name: 'resources', title: 'Resources to confirm', collection: 'resources', count: waiting.length },
    none: 'All resources are confirmed.',
    entries: waiting.slice(0, most).map((resource) => ({
      ...{ id: resource.id, title: resource.name, detail: standing(resource) },
    })),
    query: queryOf([['status', 'equals', 'active']], { sort: 'confirmBy' }),
  }
}

const shared = [
  { collection: 'snippets', name: 'Shared passages' },
  { collection: 'glossary', name: 'Glossary' },
  { collection: 'calls-to-action', name: 'Calls to action' },
] as const

/** Texts that many articles show, in any language in which one is written and not signed off. */
async function signOffs(desk: Desk): Promise<Pile> {
  const query = queryOf([['unsigned', 'exists', 'true']])
  const found = await Promise.all(
    shared.map(async ({ collection, name }) => {
      const { docs, totalDocs } = await desk.payload.find({
        collection,
        ...shown(desk, { unsigned: { exists: true } }, 'updatedAt'),
      })
      const entries = docs.map((row): Entry => {
        const { id, unsigned } = row
        const [locale] = waitingLocales(unsigned)
        const named = { id, title: nameOf({ ...row }), detail: `waits in ${languagesIn(unsigned)}` }
        return { ...named, collection, ...(locale ? { locale } : {}) }
      })
      return { list: { name, collection, count: totalDocs, query }, entries }
    }),
  )
  return {
    ...{ name: 'sign-offs', title: 'Texts waiting for a sign-off', collection: 'snippets', query },
    none: 'No shared text waits for a sign-off.',
    count: found.reduce((sum, { list }) => sum + list.count, 0),
    entries: found.flatMap(({ entries }) => entries).slice(0, most),
    lists: found.flatMap(({ list }) => (list.count > 0 ? [list] : [])),
  }
}

async function issues(desk: Desk): Promise<Pile> {
  const { docs, totalDocs } = await desk.payload.find({
    ...{ collection: 'issues', draft: true, select: { subject: true, locale: true, updatedAt: true } },
    ...shown(desk, { _status: { equals: 'draft' } }, '-updatedAt'),
  })
  return {
    ...{ name: 'issues', title: 'Issues under way', collection: 'issues', count: totalDocs },
    none: 'No issue is under way.',
    entries: docs.map(({ id, subject, locale, updatedAt }) => ({
      ...named({ id, title: subject, locale }),
      detail: `last saved ${dayIn(updatedAt)}`,
    })),
    query: queryOf([['_status', 'equals', 'draft']]),
  }
}

async function feedback(desk: Desk): Promise<Pile> {
  const { docs, totalDocs } = await desk.payload.find({
    collection: 'feedback',
    ...shown(desk, { state: { equals: 'new' } }, '-day'),
  })
  return {
    ...{ name: 'feedback', title: 'New feedback', collection: 'feedback', count: totalDocs },
    none: 'No new feedback from readers.',
    entries: docs.map(({ id, comment, helpful, day }) => ({
      ...{ id, title: comment ? shortened(comment) : 'Without a comment' },
      detail: `${helpful === 'yes' ? 'it helped' : 'it did not help'}, ${day}`,
    })),
    query: queryOf([['state', 'equals', 'new']]),
  }
}

const fields = { title: true, locale: true, state: true, review: true } as const
type Row = {
  id: string
  title?: string | null
  locale: keyof typeof localeNames
  state?: ArticleState | null
  review?: {
    lastReviewed?: string | null
    nextReview?: string | null
    submittedAt?: string | null
    note?: string | null
  }
}

/** Articles as they were last saved, published or not. */
async function drafts(desk: Desk, where: Where, sort: string): Promise<{ rows: Row[]; count: number }> {
  const options = { collection: 'articles', draft: true, select: fields, ...shown(desk, where, sort) } as const
  const { docs, totalDocs } = await desk.payload.find(options)
  return { rows: docs as Row[], count: totalDocs }
}

const named = ({ id, title, locale }: Row) => ({ id, title: `${title || 'Untitled'} (${localeNames[locale]})` })
const personOf = ({ person }: TypedUser): string | undefined =>
  (typeof person === 'object' ? person?.id : person) ?? undefined
const dayIn = (moment: string | null | undefined): string => moment?.slice(0, 10) ?? ''
const longest = 80
const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)

function dueIn(nextReview: string | null | undefined, today: string): string {
  const day = dayIn(nextReview)
  return day < today ? `overdue since ${day}: readers are told` : `due on ${day}`
}

const standing = ({ trust, assuredDate }: ToConfirm): string => {
  if (assuredDate === null) return 'never confirmed: readers are told'
  return `last confirmed on ${assuredDate}${trust === 'expired' ? ': readers are told' : ''}`
}
