/*
 * Who may do what: the one table. Collections, globals and acts without a row here do not exist as far as a user is
 * concerned, and a test compares the whole of it with its committed golden copy.
 */

export const roles = ['editor', 'reviewer', 'publisher', 'newsletter-manager', 'admin'] as const
export type Role = (typeof roles)[number]

export const roleLabels: Record<Role, string> = {
  editor: 'Editor: writes',
  reviewer: 'Reviewer: signs off clinically',
  publisher: 'Publisher: publishes and withdraws',
  'newsletter-manager': 'Newsletter manager: composes and sends',
  admin: 'Administrator: users and settings',
}

export type Operation = 'read' | 'create' | 'update' | 'delete'
type Row = Record<Operation, readonly Role[]>

const staff = roles
const nobody: readonly Role[] = []
const writers = ['editor', 'publisher', 'admin'] as const
const newsletterWriters = ['newsletter-manager', 'publisher', 'admin'] as const
const guideUpkeep: Row = { read: staff, create: writers, update: writers, delete: ['publisher', 'admin'] }
// Written by acts alone.
const machinery: Row = { read: staff, create: nobody, update: nobody, delete: nobody }

/** Collections, by slug. */
export const collectionRoles = {
  articles: guideUpkeep,
  resources: guideUpkeep,
  snippets: guideUpkeep,
  'calls-to-action': {
    ...guideUpkeep,
    create: [...writers, 'newsletter-manager'],
    update: [...writers, 'newsletter-manager'],
  },
  glossary: guideUpkeep,
  media: { ...guideUpkeep, create: [...writers, 'newsletter-manager'], update: [...writers, 'newsletter-manager'] },
  people: guideUpkeep,
  topics: { ...guideUpkeep, create: ['publisher', 'admin'], update: ['publisher', 'admin'] },
  // They bind everybody's texts, as the editorial policy does.
  'wording-rules': {
    read: staff,
    create: ['publisher', 'admin'],
    update: ['publisher', 'admin'],
    delete: ['publisher', 'admin'],
  },
  'retired-sources': guideUpkeep,
  audiences: { read: staff, create: ['admin'], update: ['admin'], delete: ['admin'] },
  newsletters: { read: staff, create: ['admin'], update: newsletterWriters, delete: ['admin'] },
  issues: { read: staff, create: newsletterWriters, update: newsletterWriters, delete: newsletterWriters },
  // Readers' answers: the worker brings them, and nobody writes one.
  feedback: {
    read: ['editor', 'reviewer', 'publisher', 'admin'],
    create: nobody,
    update: writers,
    delete: ['publisher', 'admin'],
  },
  // A user sees and changes the own account besides; see `adminsOrSelf`.
  users: { read: ['admin'], create: ['admin'], update: ['admin'], delete: ['admin'] },
  // Read by the sign-in alone.
  'second-factors': { read: nobody, create: nobody, update: nobody, delete: nobody },
  editions: machinery,
  assurances: machinery,
  'sign-offs': machinery,
  candidates: machinery,
  comments: machinery,
  'review-links': { ...machinery, read: ['editor', 'reviewer', 'publisher', 'admin'] },
  uses: machinery,
  schedules: machinery,
  strikes: machinery,
  waivers: machinery,
  audit: { ...machinery, read: ['publisher', 'admin'] },
} as const satisfies Record<string, Row>

/** Globals, by slug. Globals can be neither created nor deleted. */
export const globalRoles = {
  site: { read: staff, create: nobody, update: ['admin'], delete: nobody },
  'editorial-policy': { read: staff, create: nobody, update: ['publisher', 'admin'], delete: nobody },
} as const satisfies Record<string, Row>

/** Acts on a document, whichever door they come through. */
export const actRoles = {
  submit: ['editor', 'publisher', 'admin'],
  approve: ['reviewer'],
  return: ['reviewer'],
  comment: ['editor', 'reviewer', 'publisher', 'admin'],
  resolve: ['editor', 'reviewer', 'publisher', 'admin'],
  // It changes the text, like typing.
  accept: writers,
  link: ['editor', 'reviewer', 'publisher', 'admin'],
  confirm: ['editor', 'publisher', 'admin'],
  recall: ['reviewer'],
  'check-translation': ['editor', 'reviewer', 'publisher'],
  publish: ['publisher'],
  schedule: ['publisher'],
  cancel: ['publisher'],
  correct: ['publisher'],
  withdraw: ['publisher'],
  gone: ['publisher'],
  redirect: ['publisher'],
  move: ['publisher'],
  purge: ['admin'],
  waive: ['publisher'],
  strike: ['publisher'],
  'confirm-strike': ['reviewer'],
  'lift-strike': ['reviewer'],
  verify: ['editor', 'publisher', 'admin'],
  'sign-off': ['reviewer'],
  send: ['newsletter-manager'],
  'export-audit': ['admin'],
  'reset-second-factor': ['admin'],
} as const satisfies Record<string, readonly Role[]>
export type GuardedAct = keyof typeof actRoles

/** Whoever acts: a signed-in user, with any number of roles. */
export type Actor = { id: string; roles?: readonly Role[] | null } | null | undefined

export const hasRole = (actor: Actor, allowed: readonly Role[]): boolean =>
  (actor?.roles ?? []).some((role) => allowed.includes(role))
/** Whether a user may do an act. A process of ours that acts for nobody does not ask. */
export const mayAct = (actor: Actor, act: GuardedAct): boolean => hasRole(actor, actRoles[act])
