import type { Locale } from 'content-schemas'
import { ar } from './ar.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import type { Phrases } from './phrases.ts'

const byLocale: Record<Locale, Phrases> = { en, es, ar }

/** The words channels add around an author's text, in a language. */
export const phrasesOf = (locale: Locale): Phrases => byLocale[locale]
