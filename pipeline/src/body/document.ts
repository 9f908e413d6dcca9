import {
  type Article,
  type blocks,
  type Issue,
  type IssueItem,
  Locale,
  type Message,
  type Newsletter,
  type Review,
  Slug,
  Source,
  sheetFields,
  Uid,
} from 'content-schemas'
import { sha256 } from '../identity.ts'
import type { FrontMatter } from './front-matter.ts'
import { bodyFromMarkdown, type ParsedMarkdown } from './markdown.ts'
import { plainLine, textOf } from './normal-form.ts'

/*
 * Documents from Markdown files and back: what the keys of the front matter mean.
 * References may be uids or slugs; `bindReferences` turns the slugs into uids.
 */

type FileName = {
  /** Path of the file; gives uid, locale and slug where the front matter does not. */
  path?: string | undefined
  /** Comes before the front matter's. */
  uid?: string | undefined
}
type Built<D> = {
  document: D
  /** Those of the front matter; the ones of the body are with the parsed file. */
  messages: Message[]
  /** Keys that mean nothing here, with their values. */
  unknown: FrontMatter
}

/** The article in a Markdown file. Never throws for content: what is missing is empty, what is wrong is empty and a message. */
export function articleFrom(parsed: ParsedMarkdown, { path, uid }: FileName = {}): Built<Article> {
  const keys = new Keys(parsed)
  const title = keys.line('title') || titleOf(parsed.tree) || titleFrom(path) || 'Untitled'
  const names = namesOf(keys, 'articles', title, path, uid)
  const translatedFrom = keys.valid('translatedFrom', Locale, 'en, es or ar')
  const document: Article = {
    kind: 'article',
    ...names,
    ...(translatedFrom ? { translatedFrom } : {}),
    title,
    summary: keys.text('summary', 600),
    mainMessage: keys.text('mainMessage', 600),
    audiences: keys.references('audiences'),
    topics: keys.references('topics'),
    hero: keys.reference('hero'),
    body: parsed.tree,
    authors: keys.references('authors'),
    sources: keys.sources(),
    related: keys.references('related'),
    callToAction: keys.reference('callToAction'),
    licence: keys.text('licence', 400),
    funding: keys.text('funding', 600),
    conflicts: keys.text('conflicts', 600),
    need: keys.text('need', 2000),
    testedWith: keys.text('testedWith', 2000),
    ...sheetOf(keys),
    review: keys.review(),
  }
  return { document, ...keys.rest() }
}

/** What is filled in of the PIF TICK sheet. */
const sheetOf = (keys: Keys): Partial<Pick<Article, (typeof sheetFields)[number]>> =>
  Object.fromEntries(sheetFields.map((name) => [name, keys.text(name, 2000)]).filter(([, text]) => text))

/**
 * The issue of a newsletter in a Markdown file. `newsletter` looks up the newsletter the file names;
 * a body, which issues do not have, becomes their last item.
 */
export function issueFrom(
  parsed: ParsedMarkdown,
  { path, uid, newsletter }: FileName & { newsletter: (key: string) => Newsletter | undefined },
): Built<Issue> {
  const keys = new Keys(parsed)
  const subject = keys.line('subject') || titleOf(parsed.tree) || titleFrom(path) || 'Untitled'
  const names = namesOf(keys, 'issues', subject, path, uid)
  const document: Issue = {
    kind: 'issue',
    ...names,
    newsletter: keys.newsletter(newsletter),
    subject,
    preheader: keys.text('preheader', 200),
    greeting: keys.text('greeting', 400),
    items: keys.items(),
  }
  if (parsed.tree.children.length) document.items.push({ kind: 'text', body: parsed.tree })
  return { document, ...keys.rest() }
}

/** A uid for what has none of its own: the same for the same name, such as `articles/getting-help`. */
export function derivedUid(name: string): string {
  const digits = sha256(`signpost/${name}`)
  const variant = '89ab'[Number.parseInt(digits[16]!, 16) % 4]
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    variant + digits.slice(17, 20),
    digits.slice(20, 32),
  ].join('-')
}

/** The readable part of an address made from a title; '' if it has no letters of the Latin alphabet. */
export const slugFrom = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/[\p{Mark}'’]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 96)
    .replace(/-[^-]*$/, (end, at: number) => (at > 60 ? '' : end))
    .replace(/-+$/, '')

// Names

const titleOf = ({ children }: blocks.Root): string => {
  const heading = children.find((node) => node.type === 'heading')
  return heading ? plainLine(textOf(heading.children)).slice(0, 400) : ''
}

const stemOf = (path: string | undefined): string => /([^/\\]*?)(?:\.[a-z]+)?$/i.exec(path ?? '')?.[1] ?? ''

function titleFrom(path: string | undefined): string {
  const words = stemOf(path).replace(/[-_]+/g, ' ').trim()
  return words && words[0]!.toUpperCase() + words.slice(1)
}

function namesOf(
  keys: Keys,
  folder: 'articles' | 'issues',
  title: string,
  path: string | undefined,
  uid: string | undefined,
): Pick<Article, 'uid' | 'locale' | 'slug'> {
  const stem = slugFrom(stemOf(path))
  const given = keys.valid('uid', Uid, 'a UUID')
  const own = uid ?? given ?? derivedUid(`${folder}/${stem || title}`)
  const locale = keys.valid('locale', Locale, 'en, es or ar') ?? localeIn(path) ?? 'en'
  const slug = keys.valid('slug', Slug, 'lower-case letters, digits and single hyphens')
  return { uid: own, locale, slug: slug || slugFrom(title) || stem || `${folder.slice(0, -1)}-${own.slice(0, 8)}` }
}

const localeIn = (path: string | undefined): Locale | undefined =>
  path
    ?.split(/[/\\]/)
    .map((part) => Locale.safeParse(part).data)
    .findLast((locale) => locale !== undefined)

// Keys

const keyOf = /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/
const reference = 'the uid or the slug of a record'
const sourceKeys: Record<keyof Source | 'any', string> = {
  id: 'letters, digits, hyphens and underscores',
  title: 'one line of text',
  publisher: 'one line of text',
  url: 'an http or https address',
  checkedOn: 'a day, YYYY-MM-DD',
  any: 'the keys title, url and checkedOn, and perhaps id and publisher',
}

/** Reads the keys of a front matter, each by what is expected there, and remembers which were known. */
class Keys {
  private readonly known = new Set<string>()
  private readonly messages: Message[] = []
  private readonly parsed: ParsedMarkdown

  constructor(parsed: ParsedMarkdown) {
    this.parsed = parsed
  }

  line(key: string): string {
    return plainLine(this.text(key, 400))
  }

  /** Text of at most `limit` characters; a number is text, too. */
  text(key: string, limit: number): string {
    const value = this.take(key)
    const text = typeof value === 'number' ? String(value) : value
    if (text === undefined) return ''
    if (typeof text !== 'string') return this.wrong(key, value, 'text', '')
    const trimmed = text.trim()
    return trimmed.length > limit
      ? this.wrong(key, value, `at most ${limit} characters`, trimmed.slice(0, limit))
      : trimmed
  }

  valid<T>(key: string, schema: { safeParse(value: unknown): { data?: T } }, expected: string): T | undefined {
    const value = this.take(key)
    if (value === undefined) return undefined
    const { data } = schema.safeParse(value)
    return data ?? this.wrong(key, value, expected, undefined)
  }

  reference(key: string): string | null {
    const value = this.take(key)
    if (value === undefined) return null
    return typeof value === 'string' && keyOf.test(value) ? value : this.wrong(key, value, reference, null)
  }

  /** A list; one reference alone counts as a list of one. */
  references(key: string): string[] {
    const value = this.take(key)
    if (value === undefined) return []
    const list = Array.isArray(value) ? value : [value]
    return list.flatMap((each: unknown, index) =>
      typeof each === 'string' && keyOf.test(each) ? [each] : this.wrong(`${key}/${index}`, each, reference, []),
    )
  }

  /** A source with something wrong is left out: it would be no evidence. */
  sources(): Source[] {
    return this.list('sources').flatMap((value, index) => {
      const given = isRecord(value) ? value : {}
      const { data, error } = Source.safeParse({ id: `s${index + 1}`, ...given })
      if (data) return [data]
      for (const { path } of error.issues) {
        const [key] = path as (keyof Source)[]
        this.wrong(['sources', index, ...path].join('/'), key ? given[key] : value, sourceKeys[key ?? 'any'], undefined)
      }
      return []
    })
  }

  review(): Review {
    const value = this.take('review')
    const none: Review = { reviewer: null, lastReviewed: null, nextReview: null }
    if (value === undefined) return none
    if (!isRecord(value)) return this.wrong('review', value, 'the keys reviewer, lastReviewed and nextReview', none)
    const { reviewer = null, lastReviewed = null, nextReview = null, ...others } = value
    for (const key of Object.keys(others)) this.reportUnknown(`review/${key}`, others[key])
    return {
      reviewer:
        reviewer === null || (typeof reviewer === 'string' && keyOf.test(reviewer))
          ? reviewer
          : this.wrong('review/reviewer', reviewer, reference, null),
      lastReviewed: this.day('review/lastReviewed', lastReviewed),
      nextReview: this.day('review/nextReview', nextReview),
    }
  }

  newsletter(lookup: (key: string) => Newsletter | undefined): Newsletter {
    const key = this.reference('newsletter')
    const found = key === null ? undefined : lookup(key)
    if (found) return found
    const reason = key === null ? 'The issue names no newsletter.' : `There is no newsletter “${key}”.`
    this.report('unknown-reference', 'block', 'newsletter', reason, 'Name one by its slug.')
    const slug = key && Slug.safeParse(key).success ? key : 'unknown'
    return { uid: derivedUid(`newsletters/${slug}`), slug, name: slug, sender: slug }
  }

  items(): IssueItem[] {
    return this.list('items').flatMap((value, index) => {
      const at = `items/${index}`
      const item = isRecord(value) ? this.item(value, at) : undefined
      return item ? [item] : this.wrong(at, value, 'one of article, resource, callToAction and text', [])
    })
  }

  /** The messages, and what was in the front matter and never asked for. */
  rest(): { messages: Message[]; unknown: FrontMatter } {
    const unknown = Object.entries(this.parsed.frontMatter).filter(([key]) => !this.known.has(key))
    for (const [key, value] of unknown) this.reportUnknown(key, value)
    return { messages: this.messages, unknown: Object.fromEntries(unknown) }
  }

  private item(value: FrontMatter, at: string): IssueItem | undefined {
    const { article, show = 'excerpt', resource, callToAction, text } = value
    if (isKey(article)) {
      if (show === 'full' || show === 'excerpt' || show === 'link') return { kind: 'article', article, show }
      return this.wrong(`${at}/show`, show, 'full, excerpt or link', { kind: 'article', article, show: 'link' })
    }
    if (isKey(resource)) return { kind: 'resource', resource }
    if (isKey(callToAction)) return { kind: 'call-to-action', record: callToAction }
    if (typeof text !== 'string') return undefined
    const { tree, messages } = bodyFromMarkdown(text, `/${at}/body`)
    for (const message of messages) {
      this.messages.push({
        ...message,
        place: { pointer: message.place.pointer, ...this.parsed.positions[`/${at}/text`] },
      })
    }
    return { kind: 'text', body: tree }
  }

  private day(key: string, value: unknown): string | null {
    if (value === null) return null
    return typeof value === 'string' && isDay(value) ? value : this.wrong(key, value, 'a day, YYYY-MM-DD', null)
  }

  private list(key: string): unknown[] {
    const value = this.take(key)
    if (value === undefined) return []
    return Array.isArray(value) ? value : this.wrong(key, value, 'a list', [])
  }

  private take(key: string): unknown {
    this.known.add(key)
    return this.parsed.frontMatter[key] ?? undefined
  }

  private wrong<T>(key: string, value: unknown, expected: string, instead: T): T {
    const name = key.replaceAll('/', '.')
    this.report(
      'wrong-value',
      'block',
      key,
      `The key \`${name}\` has ${shown(value)}; expected is ${expected}.`,
      'Correct it.',
    )
    return instead
  }

  private reportUnknown(key: string, value: unknown): void {
    const [alike] = [...this.known].filter((known) => known.startsWith(key) || key.startsWith(known))
    const fix = alike ? `Did you mean \`${alike}\`?` : 'Remove it, or move what it says to a key there is.'
    this.report(
      'unknown-key',
      'advise',
      key,
      `The key \`${key.replaceAll('/', '.')}\` means nothing here; it says ${shown(value)}.`,
      fix,
    )
  }

  private report(rule: string, severity: Message['severity'], key: string, reason: string, fix: string): void {
    const pointer = `/${key}`
    let written = pointer
    // What is missing is reported where it is missing.
    while (written && !this.parsed.positions[written]) written = written.slice(0, written.lastIndexOf('/'))
    const place = { pointer, ...this.parsed.positions[written] }
    this.messages.push({ rule, severity, waivable: false, reason, fix, place })
  }
}

const isRecord = (value: unknown): value is FrontMatter =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isKey = (value: unknown): value is string => typeof value === 'string' && keyOf.test(value)
const isDay = (value: string): boolean => Source.shape.checkedOn.safeParse(value).success

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  return `“${text.length > 200 ? `${text.slice(0, 200)}…` : text}”`
}
