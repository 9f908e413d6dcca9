import type { blocks, CostOption, Phone, Resource, Strike } from 'content-schemas'

/**
 * The words channels add around an author's text, in one language. Plain text, never markup.
 * Days arrive already formatted (`formatDay`), numbers as digits.
 */
export type Phrases = {
  /** The language's name for itself. */
  languageName: string

  // Around every page
  skipToContent: string
  home: string
  breadcrumb: string
  topics: string
  allArticles: string
  articlesAbout: (topic: string) => string
  noArticlesYet: string
  menu: string
  otherLanguages: string
  readIn: (language: string) => string
  inAnEmergency: string
  emergencyNumbers: string
  exitThisPage: string
  exitThisPageHint: string
  feed: string
  contactUs: string
  publishedBy: (publisher: string) => string
  licensedUnder: (licence: string) => string

  // Notices
  sample: string
  sampleNotice: string
  fictionalPerson: string
  overdueNotice: (due: string) => string
  sourceChangedNotice: (day: string) => string
  sourceEndedNotice: (day: string) => string
  unreviewedNotice: string
  withdrawnNotice: string
  goneNotice: string
  redirectNotice: string
  purgedNotice: string
  removeCopiesBy: (day: string) => string
  /** Stands where a passage was withdrawn; what was wrong with it, and nothing to do instead. */
  passageStruck: (day: string, cause: Strike['cause']) => string
  /** Stands in place of a title that was withdrawn. */
  titleStruck: string
  /** Said above a text a passage of which was withdrawn. */
  strikeNotice: (day: string) => string
  /** Said above a text in which something is wrong: what, and whom to ask. */
  correctionNotice: (day: string, cause: Strike['cause']) => string
  /** Notes of a change. */
  noteOfStrike: string
  noteOfNotice: string
  noteOfLift: string
  important: string

  // An article
  mainMessage: string
  onThisPage: string
  forWhom: string
  aboutThisPage: string
  writtenBy: string
  reviewedBy: string
  notReviewed: string
  lastReviewed: string
  nextReview: string
  reviewWasDue: string
  firstPublished: string
  lastUpdated: string
  whatChanged: string
  updates: string
  edition: (number: number) => string
  editionAndStamp: string
  sources: string
  source: (number: number) => string
  checkedOn: (day: string) => string
  wordsExplained: string
  readNext: string
  translations: string
  funding: string
  conflicts: string
  licence: string
  otherFormats: string
  printPdf: string
  asJson: string
  asMarkdown: string
  asText: string
  asEmail: string

  // Blocks
  callouts: Record<blocks.Callout['variant'], string>
  steps: string
  step: (number: number) => string
  careOptions: string
  whoItIsFor: string
  whatHappens: string
  whatToAsk: string
  checklist: string
  do: string
  dont: string
  questions: string
  whereToGetHelp: string
  urgentHelp: string
  picture: string

  // A resource
  resourceKinds: Record<Resource['kind'], string>
  phoneTypes: Record<Phone['type'], string>
  call: string
  extension: (extension: string) => string
  textMessage: string
  chat: string
  website: string
  email: string
  address: string
  hours: string
  alwaysOpen: string
  everyDay: string
  allDay: string
  /** Days in a row, by the names of the first and the last. */
  fromDayToDay: (first: string, last: string) => string
  /** From one time of day to another. */
  fromTo: (from: string, to: string) => string
  /** Midnight and midday, where a language has words for them as times. */
  midnight?: string
  midday?: string
  openNow: string
  closedNow: string
  hoursNotKnown: string
  languages: string
  cost: string
  costOptions: Record<CostOption, string>
  eligibility: string
  ages: (minimum: number | undefined, maximum: number | undefined) => string
  area: string
  howToApply: string
  lastConfirmed: (day: string) => string
  neverConfirmed: string
  /** Said of a resource not confirmed in time; `confirmed` is `lastConfirmed` or `neverConfirmed`, `emergency` a contact's sentence. */
  expiredResource: (confirmed: string, emergency: string) => string
  /** What changed, where another resource is shown now. */
  resourceReplaced: (before: string, now: string) => string
  /** What changed in how a resource is reached. */
  resourceChanged: (name: string, parts: readonly ('phones' | 'text' | 'chat' | 'url' | 'hours')[]) => string

  // "Is this copy current?"
  isThisCopyCurrent: string
  copyIsCurrent: string
  copyIsCurrentText: string
  copyIsOld: string
  copyIsOldText: string
  copyIsOverdue: string
  copyIsOverdueText: (due: string) => string
  copyIsWithdrawn: string
  copyIsWithdrawnText: string
  copyIsGone: string
  copyIsGoneText: string
  changedSinceThisCopy: string
  majorChange: string
  yourCopy: string
  newestEdition: string
  readNewest: string
  printNewest: string
  reason: string
  readInstead: string
  scanToCheck: string

  // Pages in place of an article
  notFound: string
  notFoundText: string
  backToHome: string
  movedTo: string

  // Search and the resource finder
  search: string
  searchLabel: string
  /** Said of what a search found; `count` is a number. */
  searchFound: (count: string) => string
  /** Said of the resources it found, before that. */
  searchFoundHelp: (count: string) => string
  searchNone: string
  searchFailed: string
  findHelp: string
  findHelpText: string
  narrowDown: string
  nothingIsSent: string
  withTheWords: string
  kindOfHelp: string
  topic: string
  language: string
  any: string
  showAll: string
  openNowOnly: string
  /** Said with `openNowOnly` chosen; `count` is a number of resources that would fit all other choices. */
  hoursNotKnownOf: (count: string) => string
  /** How many resources are shown; both are numbers. */
  shownOf: (shown: string, all: string) => string
  nothingFits: string
  noResourcesYet: string
  exitKeys: string

  // The question at the end of a page
  wasHelpful: string
  yes: string
  no: string
  yourComment: string
  /** `numbers` are those to call, with their regions. */
  nobodyReadsThis: (numbers: string) => string
  nothingPersonal: string
  sendFeedback: string
  feedbackThanks: string
  feedbackThanksText: string
  feedbackNotSent: string
  feedbackNotSentText: string

  // Paper
  pageOf: (page: number | string, pages: number | string) => string

  table: string
  age: string
  /** The line a copy has to carry. */
  attribution: (title: string, publisher: string, licence: string) => string

  // A handout
  option: string
  aboutThisHandout: string
  publisher: string
  feedback: string
  /** Alternative text of a QR code; `address` is where it leads. */
  qrCode: (address: string) => string

  // An e-mail
  readOnTheWeb: string
  readMore: string
  whyThisEmail: (publisher: string) => string
  links: string

  latestArticles: string

  /** Between two things in a row, with its space. */
  comma: string
  semicolon: string
}
