/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
import { phrasesOf } from '../../phrases/index.ts'
import { paths } from '../addresses.ts'
import type { RenderContext } from '../channel.ts'
import { breadcrumb, type Page, renderPage, waysOn } from './frame.tsx'
import { tombstone } from './stamp.tsx'

/** The page that stands in place of an article that is no longer published. */
export function tombstonePage(context: RenderContext): string {
  const { edition, site } = context
  const { locale, act } = edition
  const phrases = phrasesOf(locale)
  const notices = { withdraw: phrases.withdrawnNotice, purge: phrases.purgedNotice, redirect: phrases.redirectNotice }
  const title = act === 'purge' ? phrases.notFound : edition.title
  const page: Page = {
    locale,
    title,
    path: paths.page(locale, edition.slug),
    isIndexed: false,
    main: (
      <>
        {breadcrumb([{ title: phrases.home, path: paths.home(locale) }], phrases)}
        <h1>{title}</h1>
        <div class="notice" role="note">
          <p>{act in notices ? notices[act as keyof typeof notices] : phrases.goneNotice}</p>
        </div>
        {tombstone(context, phrases)}
        {waysOn(locale, phrases)}
      </>
    ),
  }
  return renderPage(page, { site, isSample: edition.sample || site.sample })
}
