import type { Locale } from 'content-schemas'
import { PhraseIndex } from '../reading/phrases.ts'
import type { ArticleRule } from './rule.ts'

export const dangerWords: ArticleRule = {
  id: 'danger-words',
  severity: 'advise',
  waivable: false,
  *find({ document, records, passages }) {
    const { topics, locale } = document
    if (topics.length === 0 || topics.some((uid) => records.topics[uid]?.acuteRisk !== false)) return
    // Urgent help speaks of danger wherever it stands.
    const told = passages.filter(({ section }) => section?.block !== 'urgent-help')
    const found = new Set(told.flatMap(({ text }) => dangers[locale].find(text).map(({ value }) => value)))
    if (found.size === 0) return
    yield {
      pointer: '/topics',
      reason: `It speaks of ${[...found].join(', ')}, but none of its topics is marked as an acute risk.`,
      fix: 'Add the topic that fits, so that urgent help is asked for; if nobody who reads it is in danger, leave it.',
    }
  },
}

const indexOf = (words: string): PhraseIndex<string> =>
  new PhraseIndex(words.split(', ').map((word) => [word, word] as const))

/** Words that tell of a danger to life. */
const dangers: Record<Locale, PhraseIndex<string>> = {
  en: indexOf(
    'overdose, overdoses, overdosed, overdosing, withdrawal, withdrawals, self-harm, self-harming, suicide, suicidal, kill yourself, kill themselves, end your life, ending your life, hurt yourself, hurting yourself, seizure, seizures',
  ),
  es: indexOf(
    'sobredosis, abstinencia, suicidio, suicidarse, suicida, suicidas, autolesión, autolesiones, autolesionarse, hacerse daño, quitarse la vida, acabar con su vida, convulsión, convulsiones',
  ),
  ar: indexOf(
    'جرعة زائدة, الجرعة الزائدة, جرعات زائدة, أعراض انسحاب, أعراض الانسحاب, انتحار, الانتحار, انتحارية, إيذاء النفس, إيذاء نفسك, إنهاء حياتك, نوبات تشنج, تشنجات',
  ),
}
