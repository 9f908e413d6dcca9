import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { complaintsAbout, readProblems, writeProblems } from 'cms/src/processes/problems.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signpost-problems-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('documents that could not be published are told of, without the reason, until they can be', async () => {
  expect(await readProblems(folder)).toEqual([])
  const problem = { uid: 'a', locale: 'en', slug: 'sleep', reason: 'The file /secret/place is broken.' } as const
  await writeProblems(folder, [problem])
  expect(await readProblems(folder)).toEqual([problem])
  const [complaint] = complaintsAbout(await readProblems(folder))
  expect(complaint).toContain('en/sleep')
  expect(complaint).not.toContain('secret')
  await writeProblems(folder, [])
  expect(complaintsAbout(await readProblems(folder))).toEqual([])
})
