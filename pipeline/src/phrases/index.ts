export { phrasesOf } from './by-locale.ts'
export { agesOf, formatDay, formatLanguage, formatList, isolate } from './format.ts'
export type { Phrases } from './phrases.ts'
export { areaOf, costOf, costWords, hoursOf, hoursWords, placeNames } from './resource-facts.ts'
