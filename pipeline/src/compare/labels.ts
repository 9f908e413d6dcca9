import type { blocks } from 'content-schemas'

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
  'hidden',
  'structure',
  'words',
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
  hidden: 'a character that nobody sees',
  words: 'a word or a sign that may say something else',
  rest: 'spelling',
}

/** What each block is called, for people. */
export const blockLabels: Record<Extract<blocks.Node, { id: string }>['type'], string> = {
  callout: 'Callout',
  steps: 'Steps',
  step: 'Step',
  'care-options': 'Care options',
  'care-option': 'Care option',
  checklist: 'Checklist',
  'do-dont': 'Do and don’t',
  faq: 'Questions',
  question: 'Question',
  figure: 'Picture',
  resources: 'Resources',
  'call-to-action': 'Call to action',
  'urgent-help': 'Urgent help',
  snippet: 'Shared passage',
}
