import { readFileSync } from 'node:fs'
import { actRoles, collectionRoles, globalRoles } from 'cms/src/access/roles.ts'
import { expect, test } from 'vitest'

/** Changing who may do what is a decision: it is written down a second time, to be looked at before it is committed. */
test('who may do what is what was decided', () => {
  const golden = JSON.parse(readFileSync(new URL('access-roles.golden.json', import.meta.url), 'utf8'))
  expect({ collections: collectionRoles, globals: globalRoles, acts: actRoles }).toEqual(golden)
})
