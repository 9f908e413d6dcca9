/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
import type { Article, Locale, Site } from 'content-schemas'
import { sha256 } from '../../identity.ts'
import { type Phrases, phrasesOf } from '../../phrases/index.ts'
import { paths } from '../addresses.ts'
import type { List, ListContext, RenderContext } from '../channel.ts'
import { type Content, filled, renderPage, telephone } from './frame.tsx'

/** How long a comment may be, in characters. */
export const longestComment = 2000

/**
 * Asks at the end of an article whether it helped. Works without script, asks for no name or address, and says above the
 * box whom to call instead. Null where the site does not ask.
 */
export function feedbackForm({ edition, site }: RenderContext, { uid, locale }: Article): Content {
  if (!site.feedback) return null
  const phrases = phrasesOf(locale)
  return (
    <section class="feedback">
      <form method="post" action={paths.feedback(locale)} autocomplete="off">
        <input type="hidden" name="uid" value={uid} />
        <input type="hidden" name="stamp" value={edition.stamp} />
        <fieldset>
          <legend>
            <h2>{phrases.wasHelpful}</h2>
          </legend>
          {choice('yes', phrases.yes)}
          {choice('no', phrases.no)}
        </fieldset>
        {notice(site, locale, phrases)}
        <label class="comment" for="feedback-comment">
          {phrases.yourComment}
        </label>
        <p class="hint" id="feedback-hint">
          {phrases.nothingPersonal}
        </p>
        <textarea
          id="feedback-comment"
          name="comment"
          rows="4"
          maxlength={longestComment}
          aria-describedby="feedback-hint"
        />
        {trap}
        <p>
          <button type="submit">{phrases.sendFeedback}</button>
        </p>
      </form>
    </section>
  )
}

const choice = (value: 'yes' | 'no', label: string) => (
  <label class="choice">
    <input type="radio" name="helpful" value={value} required /> {label}
  </label>
)

/** That nobody is there, and whom to call. */
const notice = ({ emergency }: Site, locale: Locale, phrases: Phrases) => (
  <p class="notice" role="note">
    {filled(
      phrases.nobodyReadsThis,
      <span>
        {emergency.map(({ number, region }, index) => (
          <>
            {index > 0 ? phrases.comma : null}
            {telephone(number, locale)} ({region})
          </>
        ))}
      </span>,
    )}
  </p>
)

/** A field no person sees: what fills it in is a program. */
const trap = (
  <p class="trap" aria-hidden="true">
    <label for="feedback-website">Website</label>
    <input id="feedback-website" name="website" type="text" tabindex="-1" autocomplete="off" />
  </p>
)

/** What the form answers with: that it was taken, or that it was not. */
export function feedbackPages(context: ListContext): List[] {
  const { site, locale } = context
  if (!site.feedback) return []
  const phrases = phrasesOf(locale)
  return [
    answer(context, paths.feedback(locale), phrases.feedbackThanks, phrases.feedbackThanksText),
    answer(context, paths.feedbackNotSent(locale), phrases.feedbackNotSent, phrases.feedbackNotSentText),
  ]
}

function answer({ site, locale }: ListContext, path: string, title: string, text: string): List {
  const phrases = phrasesOf(locale)
  const main = (
    <>
      <h1>{title}</h1>
      <p>{text}</p>
      {notice(site, locale, phrases)}
      <p>
        <a href={paths.home(locale)}>{phrases.backToHome}</a>
      </p>
    </>
  )
  const body = () => renderPage({ locale, title, path, isIndexed: false, main }, { site, isSample: site.sample })
  return {
    path,
    key: sha256(JSON.stringify(site)),
    render: () => ({ path, type: 'text/html; charset=utf-8', body: body() }),
  }
}
