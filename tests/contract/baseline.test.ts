import { readFileSync, writeFileSync } from 'node:fs'
import { jsonSchemas, routes, type SchemaName } from 'content-schemas'
import { describe, expect, test } from 'vitest'
import { breaks, type Schema } from './compatible.ts'

/*
 * What v1 promised: the schemas that consumers read, and the addresses. What is added is taken into the baseline with
 * `SIGNPOST_BASELINE=write`, which never takes away what it holds.
 */

type Baseline = { schemas: Record<string, Schema>; routes: Record<string, string> }
const file = new URL('./baseline/v1.json', import.meta.url)
const names = [
  ...new Set(routes.flatMap(({ schema, gone }) => [schema, gone].filter((name) => name !== undefined))),
].sort()
const isFrozen = (name: string): boolean => name === 'edition'

const withoutWords = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutWords)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key, inner]) => key !== 'description' || typeof inner !== 'string')
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutWords(inner)]))
}
const current = (): Baseline => ({
  schemas: Object.fromEntries(names.map((name) => [name, withoutWords(jsonSchemas()[name]) as Schema])),
  routes: Object.fromEntries(routes.map(({ path, type }) => [path, type])),
})

const now = current()
const held = JSON.parse(readFileSync(file, 'utf8')) as Baseline
const broken = [
  ...Object.entries(held.schemas).flatMap(([name, schema]) => {
    const present = now.schemas[name]
    if (!present) return [`${name} has no schema any more: consumers read it`]
    return breaks(schema, present, { isFrozen: isFrozen(name) }).map((reason) => `${name}${reason}`)
  }),
  ...Object.entries(held.routes)
    .filter(([path, type]) => now.routes[path] !== type)
    .map(([path, type]) => `${path} is no longer there as ${type}: consumers fetch it`),
]
if (process.env.SIGNPOST_BASELINE === 'write' && broken.length === 0)
  writeFileSync(file, `${JSON.stringify(now, null, 1)}\n`)

test('v1 keeps all it promised', () => {
  expect(broken, 'This breaks consumers. Add a field beside the old one, and mark the old one deprecated.').toEqual([])
})

test('the baseline holds everything that is promised now', () => {
  const kept = JSON.parse(readFileSync(file, 'utf8'))
  expect(kept, 'Run this test with SIGNPOST_BASELINE=write and commit what it writes.').toEqual(now)
})

describe('a change of a schema', () => {
  const article = held.schemas.article as Schema
  const changed = (name: SchemaName, change: (schema: Schema, properties: Record<string, Schema>) => void) => {
    const schema = structuredClone(held.schemas[name]!)
    change(schema, schema.properties as Record<string, Schema>)
    return breaks(held.schemas[name]!, schema, { isFrozen: isFrozen(name) })
  }

  test.each<[string, SchemaName, (schema: Schema, properties: Record<string, Schema>) => void, RegExp]>([
    ['a field is removed', 'article', (_, p) => delete p.mainMessage, /mainMessage is no longer there/],
    [
      'a field is renamed',
      'article',
      (_, p) => {
        p.headline = p.title!
        delete p.title
      },
      /title is no longer there/,
    ],
    [
      'a field may be missing',
      'article',
      (s) => {
        s.required = (s.required as string[]).filter((name) => name !== 'html')
      },
      /html may now be missing/,
    ],
    [
      'a field becomes a number',
      'article',
      (_, p) => {
        p.text!.type = 'number'
      },
      /text may now be "number"/,
    ],
    [
      'a field may be null',
      'article',
      (_, p) => {
        p.text = { anyOf: [{ type: 'string' }, { type: 'null' }] }
      },
      /text may .*null/,
    ],
    [
      'a field is never null any more',
      'article',
      (_, p) => {
        p.notice = { type: 'string' }
      },
      /notice may no longer be "null"/,
    ],
    [
      'a state is added',
      'article',
      (s) => {
        ;(s.$defs!.ReviewState!.enum as string[]).push('paused')
      },
      /review\/state may now be "paused"/,
    ],
    [
      'a state is taken away',
      'article',
      (s) => {
        ;(s.$defs!.ReviewState!.enum as string[]).pop()
      },
      /may no longer be "unreviewed"/,
    ],
    [
      'a text gets shorter',
      'article',
      (s) => {
        s.$defs!.Slug!.maxLength = 10
      },
      /slug has a tighter maxLength/,
    ],
    [
      'an address gets another form',
      'article',
      (s) => {
        s.$defs!.WebAddress!.pattern = '^/'
      },
      /another pattern/,
    ],
    [
      'a field deep in a list is removed',
      'feed',
      (_, p) => {
        delete ((p.items!.items as Schema).properties as Record<string, Schema>)._signpost
      },
      /items\/\*\/_signpost is no longer there/,
    ],
    [
      'a block is removed',
      'article',
      (s) => {
        s.$defs!.Flow!.oneOf = (s.$defs!.Flow!.oneOf as Schema[]).slice(1)
      },
      /lost the choice "paragraph"/,
    ],
    [
      'an object is closed',
      'article',
      (s) => {
        s.additionalProperties = false
      },
      /is closed now/,
    ],
    [
      'an edition gets a required field',
      'edition',
      (s, p) => {
        p.more = { type: 'string' }
        ;(s.required as string[]).push('more')
      },
      /more is required now/,
    ],
  ])('breaks consumers when %s', (_, name, change, reason) => {
    expect(changed(name, change).join('\n')).toMatch(reason)
  })

  test.each<[string, SchemaName, (schema: Schema, properties: Record<string, Schema>) => void]>([
    [
      'a field is added',
      'article',
      (s, p) => {
        p.more = { type: 'string' }
        ;(s.required as string[]).push('more')
      },
    ],
    [
      'an edition gets a field',
      'edition',
      (_, p) => {
        p.more = { type: 'string' }
      },
    ],
    [
      'a field is always there',
      'feed',
      (s) => {
        ;(s.required as string[]).push('description')
      },
    ],
    [
      'a text may be longer',
      'article',
      (s) => {
        s.$defs!.WebAddress!.maxLength = 4000
      },
    ],
    [
      'a block is added',
      'article',
      (s) => {
        ;(s.$defs!.Flow!.oneOf as Schema[]).push({ type: 'object', properties: { type: { const: 'quiz' } } })
      },
    ],
    [
      'a field is deprecated',
      'article',
      (_, p) => {
        p.text!.deprecated = true
      },
    ],
  ])('does not when %s', (_, name, change) => {
    expect(changed(name, change)).toEqual([])
  })

  test('the same is no change', () => {
    expect(breaks(article, article)).toEqual([])
  })
})
