/** What a change may touch, the gravest first. All but the last ask for a reviewer. */
export const touchKinds = [
  'numbers',
  'doses',
  'phones',
  'negations',
  'turns',
  'medicines',
  'links',
  'urgent-help',
  'steps',
  'do-dont',
  'records',
  'structure',
  'rest',
] as const
export type Touch = (typeof touchKinds)[number]

/** What each is called, for people. */
export const touchLabels: Record<Touch, string> = {
  numbers: 'a number',
  doses: 'a dose, an amount or a time',
  phones: 'a telephone number',
  negations: 'a negation',
  turns: 'a word that can turn advice around',
  medicines: 'a medicine, a glossary word or a name',
  links: 'a link',
  'urgent-help': 'urgent help',
  steps: 'a step',
  'do-dont': 'what to do and not to do',
  records: 'a source, a resource or another shared record',
  structure: 'a passage as a whole, its place or its form',
  rest: 'wording',
}
