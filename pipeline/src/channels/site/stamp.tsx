/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
// biome-ignore-all lint/a11y/noRedundantRoles: Safari takes the meaning of a list away with its bullets.
import type { EditionSummary } from 'content-schemas'
import { formatDay, type Phrases, phrasesOf } from '../../phrases/index.ts'
import { handoutFormats, paths } from '../addresses.ts'
import type { RenderContext, Row } from '../channel.ts'
import { type Content, code, type Page, renderPage, time, words } from './frame.tsx'

/** What has become of a printed copy. */
export type CopyState = 'current' | 'old' | 'overdue' | 'withdrawn' | 'moved' | 'gone'

/** What has become of the copy that carries a stamp. A newer edition counts before an overdue review. */
export function copyState({ edition, review }: RenderContext, copy: EditionSummary): CopyState {
  if (edition.act === 'withdraw') return 'withdrawn'
  if (edition.act === 'redirect') return 'moved'
  if (!edition.document) return 'gone'
  if (copy.number < edition.number) return 'old'
  return review === 'overdue' ? 'overdue' : 'current'
}

/** `/c/<stamp>`: whether the printed copy with this stamp is current, and if not what to do. */
export function stampPage(context: RenderContext, copy: EditionSummary): string {
  const { edition, site } = context
  const { locale } = edition
  const phrases = phrasesOf(locale)
  const state = copyState(context, copy)
  const page: Page = {
    locale,
    title: phrases.isThisCopyCurrent,
    path: paths.stamp(copy.stamp),
    isIndexed: false,
    main: (
      <div class={`stamp ${state}`}>
        <p class="question">{phrases.isThisCopyCurrent}</p>
        {answers[state]({ context, copy, phrases })}
        {imprint(context, copy, phrases)}
      </div>
    ),
  }
  return renderPage(page, { site, isSample: edition.sample || site.sample })
}

type View = { context: RenderContext; copy: EditionSummary; phrases: Phrases }
const answers: Record<CopyState, (view: View) => Content> = {
  current: ({ context, phrases }) => (
    <>
      <h1>{phrases.copyIsCurrent}</h1>
      <p>{phrases.copyIsCurrentText}</p>
      {newest(context, phrases)}
    </>
  ),
  old: ({ context, copy, phrases }) => (
    <>
      <h1>{phrases.copyIsOld}</h1>
      <p>{phrases.copyIsOldText}</p>
      {overdueNote(context, phrases)}
      {newest(context, phrases)}
      {changes(context, copy, phrases)}
    </>
  ),
  overdue: ({ context, phrases }) => (
    <>
      <h1>{phrases.copyIsOverdue}</h1>
      {overdueNote(context, phrases)}
      {newest(context, phrases)}
    </>
  ),
  withdrawn: ({ context, phrases }) => (
    <>
      <h1>{phrases.copyIsWithdrawn}</h1>
      <p>{phrases.copyIsWithdrawnText}</p>
      {tombstone(context, phrases)}
    </>
  ),
  moved: ({ context, phrases }) => (
    <>
      <h1>{phrases.copyIsOld}</h1>
      <p>{phrases.copyIsOldText}</p>
      {tombstone(context, phrases)}
    </>
  ),
  gone: ({ context, phrases }) => (
    <>
      <h1>{phrases.copyIsGone}</h1>
      <p>{phrases.copyIsGoneText}</p>
      {tombstone(context, phrases)}
    </>
  ),
}

function overdueNote({ edition, review }: RenderContext, phrases: Phrases): Content {
  const due = edition.document?.kind === 'article' ? edition.document.review.nextReview : null
  return review === 'overdue' && due ? (
    <p class="notice">{phrases.copyIsOverdueText(formatDay(edition.locale, due))}</p>
  ) : null
}

function newest({ edition }: RenderContext, phrases: Phrases): Content {
  const { locale, slug, kind } = edition
  const page = kind === 'article' ? paths.page(locale, slug) : paths.issue(locale, slug)
  return (
    <ul class="actions" role="list">
      <li>
        <a class="action" href={page}>
          {phrases.readNewest}
        </a>
      </li>
      {kind === 'article'
        ? handoutFormats.map((format) => (
            <li>
              <a href={paths.handout(locale, slug, format)} type="application/pdf">
                {phrases.printNewest}
              </a>
            </li>
          ))
        : null}
    </ul>
  )
}

function changes({ history, edition }: RenderContext, copy: EditionSummary, phrases: Phrases): Content {
  const since = history.filter(({ number, changeNote }) => number > copy.number && changeNote)
  return since.length > 0 ? (
    <section class="updates">
      <h2>{phrases.changedSinceThisCopy}</h2>
      <ol role="list">
        {since.map(({ at, major, changeNote }) => (
          <li>
            {time(at, edition.locale)}
            {major ? <strong class="major">{phrases.majorChange}</strong> : null}
            <br />
            {words(changeNote, edition.locale)}
          </li>
        ))}
      </ol>
    </section>
  ) : null
}

/** Why a document is no longer published, and what to read instead. */
export function tombstone(context: RenderContext, phrases: Phrases): Content {
  const { locale, tombstone } = context.edition
  const replacement = tombstone?.replacement ? context.row(tombstone.replacement, locale) : undefined
  const moved = !replacement && tombstone?.to ? paths.page(locale, tombstone.to) : undefined
  return (
    <>
      {tombstone?.reason ? labelled(phrases.reason, words(tombstone.reason, locale)) : null}
      {replacement ? labelled(phrases.readInstead, linkTo(replacement)) : null}
      {moved ? labelled(phrases.movedTo, <a href={moved}>{code(moved)}</a>) : null}
    </>
  )
}

const labelled = (label: string, value: Content | string) => (
  <p>
    <strong>{label}:</strong> {value}
  </p>
)
const linkTo = (row: Row) => <a href={paths.page(row.locale, row.slug)}>{words(row.title, row.locale)}</a>

/** What the copy is. What was purged is not named again. */
function imprint({ edition }: RenderContext, copy: EditionSummary, phrases: Phrases) {
  const { locale } = edition
  return (
    <section class="about">
      <h2>{phrases.yourCopy}</h2>
      <p>
        {edition.act === 'purge' ? null : <strong class="title">{words(copy.title, locale)}</strong>}
        {phrases.edition(copy.number)} · {code(copy.stamp)} · {time(copy.at, locale)}
      </p>
    </section>
  )
}
