import { type RecordKind, recordKinds } from 'content-schemas'
import type { CollectionConfig, Plugin } from 'payload'
import { unshownKinds } from 'pipeline/sources/records.ts'
import { propagationIn } from '../endpoints/propagation.ts'
import { dropInvisible } from '../hooks/dropInvisible.ts'
import { wholeOrNothing } from '../hooks/wholeOrNothing.ts'
import { noteState } from '../review/state.ts'
import { noteRestoring } from '../writing/revision.ts'
import { keepPublished, recordPublication, republishDependents } from './doors.ts'
import { gatePublication } from './gate.ts'
import { keepUsed } from './uses.ts'

type Hooks = NonNullable<CollectionConfig['hooks']>

// After the hooks of the collections themselves: what is examined and frozen is what they made of it.
const writtenHooks = { beforeValidate: [dropInvisible] } satisfies Hooks
const documentHooks = {
  ...writtenHooks,
  beforeChange: [gatePublication],
  afterChange: [recordPublication],
  beforeDelete: [keepPublished],
  afterOperation: [wholeOrNothing],
} satisfies Hooks
const articleHooks = { ...documentHooks, beforeChange: [gatePublication, noteState] } satisfies Hooks
const recordHooks = {
  beforeOperation: [noteRestoring],
  ...writtenHooks,
  afterChange: [republishDependents],
  beforeDelete: [keepUsed],
  afterOperation: [wholeOrNothing],
} satisfies Hooks

/** Leads every door of every collection that is published, or shown by what is published, to the acts. */
export const publishing: Plugin = (config) => ({
  ...config,
  // A refusal is told to who asked; it is nothing an operator has to see.
  loggingLevels: { ...config.loggingLevels, RefusedError: false, OutdatedError: false } as typeof config.loggingLevels,
  collections: (config.collections ?? []).map((collection) => {
    if (collection.slug === 'articles') return withHooks(collection, articleHooks)
    if (collection.slug === 'issues') return withHooks(collection, documentHooks)
    if (recordKinds.includes(collection.slug as RecordKind)) return asRecord(collection)
    return collection.slug in unshownKinds ? withHooks(collection, writtenHooks) : collection
  }),
  globals: (config.globals ?? []).map((global) => ({
    ...global,
    hooks: { ...global.hooks, beforeValidate: [...(global.hooks?.beforeValidate ?? []), dropInvisible] },
  })),
})

const asRecord = (collection: CollectionConfig): CollectionConfig => ({
  ...withHooks(collection, recordHooks),
  endpoints: [...(collection.endpoints || []), propagationIn(collection.slug as RecordKind)],
})

function withHooks(collection: CollectionConfig, more: Hooks): CollectionConfig {
  const hooks: Record<string, unknown[]> = { ...(collection.hooks as Record<string, unknown[]>) }
  for (const [name, added] of Object.entries(more)) hooks[name] = [...(hooks[name] ?? []), ...added]
  return { ...collection, hooks: hooks as Hooks }
}
