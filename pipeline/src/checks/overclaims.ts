import type { Locale } from 'content-schemas'
import { placeIn } from '../reading/passages.ts'
import { PhraseIndex } from '../reading/phrases.ts'
import type { Rule } from './rule.ts'

/** Promises that no evidence bears out. */
export const overclaim: Rule = advice('overclaim', {
  because: 'promises more than anyone can know, and a reader it fails will blame themselves.',
  fix: 'Say what is known and for whom, such as “helps most people”.',
  phrases: {
    en: [
      ...[
        'always best',
        'always the best',
        'always works',
        'always safe',
        'never fails',
        'never wrong',
        'works every time',
      ],
      ...['works for everyone', 'no chance of', 'zero chance', 'no risk', 'zero risk', 'risk-free', 'without any risk'],
      ...['completely safe', 'totally safe', 'perfectly safe', 'guaranteed', 'guarantees', 'guarantee that', 'miracle'],
      ...['miracle cure', 'instant cure', 'cure for good', 'proven to cure', 'the only way', 'the only ones who can'],
    ],
    es: [
      ...['siempre es lo mejor', 'siempre es mejor', 'siempre funciona', 'nunca falla', 'funciona para todos'],
      ...['sin ningún riesgo', 'sin riesgo alguno', 'cero riesgo', 'no hay ninguna posibilidad', 'totalmente seguro'],
      ...['totalmente segura', 'completamente seguro', 'completamente segura', 'garantizado', 'garantizada'],
      ...['garantizados', 'garantizadas', 'garantiza que', 'milagroso', 'milagrosa', 'cura milagrosa'],
      ...['la única manera', 'la única forma', 'los únicos que pueden'],
    ],
  },
  harmless: {
    en: [
      ...['not guaranteed', 'never guaranteed', 'be guaranteed', 'cannot guarantee that', 'not the only way'],
      ...['not completely safe', 'not always safe', 'not always the best', 'not always best', 'no risk assessment'],
      ...['there is no miracle', 'no miracle cure', 'never completely safe'],
    ],
    es: [
      ...['no está garantizado', 'no está garantizada', 'no garantiza que', 'no es la única manera'],
      ...['no es la única forma', 'no siempre es lo mejor', 'no siempre es mejor', 'no siempre funciona'],
      ...['nunca es completamente seguro', 'no es completamente seguro', 'no es totalmente seguro'],
    ],
  },
})

/** Words that push a reader instead of informing them. */
export const pressure: Rule = advice('pressure', {
  because: 'pushes the reader. People who feel pushed or blamed stop reading, and may not ask for help.',
  fix: 'Say what the reader can do and what it is good for, and leave the choice to them.',
  phrases: {
    en: [
      ...["why wouldn't you", 'why would you not', 'but why would you', 'what are you waiting for', 'act now'],
      ...["before it's too late", 'before it is too late', "don't wait another day", 'you have no reason', 'no excuse'],
      ...['no excuses', 'like it or not', 'if you truly want', 'if you really want', 'if you really cared'],
      ...['you owe it to', 'you must admit', 'got you into this', 'the treatment you deserve', 'the help you deserve'],
      ...['you only have yourself to blame', 'your own fault'],
    ],
    es: [
      ...['por qué no lo haría', 'por qué no iba a', 'a qué espera', 'qué está esperando', 'actúe ya', 'actúe ahora'],
      ...['antes de que sea demasiado tarde', 'no espere ni un día más', 'no tiene excusa', 'no hay excusas'],
      ...['le guste o no', 'si de verdad quiere', 'si realmente quiere', 'se lo debe a', 'el tratamiento que merece'],
      ...['la ayuda que merece', 'por su propia culpa'],
    ],
  },
  harmless: {
    en: ['not your own fault', 'it is no excuse', 'there is no reason'],
    es: ['no es por su propia culpa'],
  },
})

type Words = Partial<Record<Locale, readonly string[]>>

function advice(
  id: string,
  { because, fix, phrases, harmless }: { because: string; fix: string; phrases: Words; harmless: Words },
): Rule {
  const indexIn = (locale: Locale) =>
    new PhraseIndex<boolean>([
      ...(harmless[locale] ?? []).map((phrase) => [phrase, false] as const),
      ...(phrases[locale] ?? []).map((phrase) => [phrase, true] as const),
    ])
  const indexes: Record<Locale, PhraseIndex<boolean>> = { en: indexIn('en'), es: indexIn('es'), ar: indexIn('ar') }
  return {
    id,
    severity: 'advise',
    waivable: false,
    *find({ document, passages }) {
      for (const passage of passages.filter(({ kind }) => kind !== 'quotation'))
        for (const { value, ...span } of indexes[document.locale].find(passage.text)) {
          if (!value) continue
          const reason = `“${passage.text.slice(span.start, span.end)}” ${because}`
          yield { ...placeIn(passage, span), reason, fix }
        }
    },
  }
}
