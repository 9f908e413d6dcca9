import type { ArticleRule } from './rule.ts'

export const sourceRetired: ArticleRule = {
  id: 'source-retired',
  severity: 'advise',
  waivable: false,
  *find({ document, policy }) {
    const retired = new Map((policy.retired ?? []).map((one) => [sourceKey(one.url), one]))
    for (const [index, { title, url }] of document.sources.entries()) {
      const found = retired.get(sourceKey(url))
      if (!found) continue
      yield {
        pointer: `/sources/${index}/url`,
        reason: `The source “${title}” is retired: ${found.because}`,
        fix: found.instead
          ? `Check what rests on it, and cite ${found.instead} instead.`
          : 'Check what rests on it, and cite something current instead.',
      }
    }
  },
}

/** What is the same in the addresses by which one page is cited: no scheme, `www.`, fragment or slash at the end. */
export const sourceKey = (url: string): string =>
  url
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/#.*$/, '')
    .replace(/\/+$/, '')
    .replace(/^[^/]*/, (host) => host.toLowerCase())
