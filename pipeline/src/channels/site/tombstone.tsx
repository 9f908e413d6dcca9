/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
import { phrasesOf } from '../../phrases/index.ts'
import { paths } from '../addresses.ts'
import type { RenderContext } from '../channel.ts'
import { breadcrumb, type Page, renderPage } from './frame.tsx'
import { tombstone } from './stamp.tsx'

/** The page that stands in place of an article that is no longer published. */
export function tombstonePage(context: RenderContext): string {
  const { edition, site } = context
  const { locale, act } = edition
  const phrases = phrasesOf(locale)
  const notices = { withdraw: phrases.withdrawnNotice, purge: phrases.purgedNotice, redirect: phrases.redirectNotice }
  const page: Page = {
    locale,
    title: act === 'purge' ? phrases.notFound : edition.title,
    path: paths.page(locale, edition.slug),
    isIndexed: false,
    main: (
      <>
        {breadcrumb([{ title: phrases.home, path: paths.home(locale) }], phrases)}
        {act === 'purge' ? null : <h1>{edition.title}</h1>}
        <div class="notice" role="note">
          <p>{act in notices ? notices[act as keyof typeof notices] : phrases.goneNotice}</p>
        </div>
        {tombstone(context, phrases)}
        <p>
          <a href={paths.home(locale)}>{phrases.backToHome}</a>
        </p>
      </>
    ),
  }
  return renderPage(page, { site, isSample: edition.sample || site.sample })
}
