import { progressTo } from 'pipeline/release/progress.ts'
import { expect, test } from 'vitest'

test('progress is told now and then, with how long the rest may take', () => {
  const told: string[] = []
  let now = 1_000_000
  const onProgress = progressTo(
    (line) => told.push(line),
    10_000,
    () => now,
  )
  const after = (seconds: number, done: number, what: 'rows' | 'documents' = 'documents') => {
    now += seconds * 1000
    onProgress({ what, done, total: 1000 })
  }
  after(0, 1, 'rows')
  after(5, 1000, 'rows')
  after(1, 1)
  after(9, 91)
  expect(told).toEqual([])
  after(1, 101)
  after(5, 151)
  after(85, 401)
  expect(told).toEqual([
    '101 of 1000 documents compared, about 90 seconds left',
    '401 of 1000 documents compared, about 3 minutes left',
  ])
})
