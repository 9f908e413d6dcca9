import type { Code, Locale } from 'content-schemas'

/** Public paths, the one place that knows them. Within v1 they do not change. */
export const paths = {
  home: (locale: Locale) => `/${locale}`,
  topic: (locale: Locale, slug: string) => `/${locale}/topics/${slug}`,
  page: (locale: Locale, slug: string) => `/${locale}/articles/${slug}`,
  issue: (locale: Locale, slug: string) => `/${locale}/newsletters/${slug}`,
  /** All resources, or the place of one among them. */
  finder: (locale: Locale, uid?: string) => `/${locale}/resources${uid === undefined ? '' : `#resource-${uid}`}`,
  notFound: (locale: Locale) => `/${locale}/404`,
  /** Where the form of an article posts to; read, it says thank you. */
  feedback: (locale: Locale) => `/${locale}/feedback`,
  feedbackNotSent: (locale: Locale) => `/${locale}/feedback/not-sent`,
  stamp: (stamp: string) => `/c/${stamp}`,
  article: (locale: Locale, slug: string, extension: 'json' | 'txt' | 'md') =>
    `/v1/${locale}/articles/${slug}.${extension}`,
  email: (locale: Locale, slug: string, extension: 'html' | 'txt') => `/v1/${locale}/emails/${slug}.${extension}`,
  issueEmail: (locale: Locale, slug: string, extension: 'html' | 'txt') =>
    `/v1/${locale}/newsletters/${slug}.${extension}`,
  handout: (locale: Locale, slug: string, format: string) => `/v1/${locale}/handouts/${slug}.${format}.pdf`,
  handouts: (locale: Locale, slug: string) => `/v1/${locale}/handouts/${slug}.json`,
  /** The feed of a language, or of a topic by its slug. Page 1 is the newest. */
  feed: (locale: Locale, page = 1, topic?: string, extension: 'json' | 'atom' = 'json') =>
    `/v1/${locale}/${topic === undefined ? '' : `topics/${topic}/`}feed${page === 1 ? '' : `.${page}`}.${extension}`,
  topics: (locale: Locale) => `/v1/${locale}/topics.json`,
  audiences: (locale: Locale) => `/v1/${locale}/audiences.json`,
  glossary: (locale: Locale) => `/v1/${locale}/glossary.json`,
  search: (locale: Locale) => `/v1/${locale}/search.json`,
  resources: (locale: Locale) => `/v1/${locale}/resources.json`,
  resource: (locale: Locale, uid: string) => `/v1/${locale}/resources/${uid}.json`,
  lookup: (system: Code['system'], code: string) => `/v1/lookup/${system}/${code}.json`,
  articleStyles: '/v1/assets/article.css',
  openApi: '/v1/openapi.json',
  developers: '/developers',
  sitemap: (page?: number) => (page === undefined ? '/sitemap.xml' : `/sitemap.${page}.xml`),
  embed: '/v1/embed.js',
  client: '/v1/client.js',
  edition: (stamp: string) => `/v1/editions/${stamp}.json`,
  changes: (release: number) => `/v1/changes/${release}.json`,
  hundredChanges: (first: number) => `/v1/changes/${first}-${first + 99}.json`,
  object: (sha256: string) => `/v1/objects/${sha256}`,
  index: '/v1/index.json',
  keys: '/.well-known/jwks.json',
} as const

/** Stable id of a document: an address that does not change with its slug. */
export const idOf = (siteUrl: string, uid: string, locale: Locale): string => `${siteUrl}/id/${locale}/${uid}`
/** Handout formats in every release. */
export const handoutFormats = ['a4.standard'] as const
