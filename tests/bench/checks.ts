import type { blocks } from 'content-schemas'
import { check, defaultPolicy } from 'pipeline/checks/index.ts'
import { readabilityOf } from 'pipeline/reading/readability.ts'
import { article, records, root, site, today } from '../pipeline/documents.ts'
import type { Figure } from './figure.ts'

const sentences = [
  'Many people feel unwell for some days, and most of it passes with rest, water and somebody to talk to. ',
  'Ask a doctor, a clinic or a treatment service for an assessment before you stop taking opioids. ',
  'Medicines can ease the symptoms, and you can stay on them for as long as they help you. ',
  'Keep naloxone where others find it, and tell two people how you plan the first week. ',
]
const paragraph = (): blocks.Paragraph => ({
  type: 'paragraph',
  children: sentences.map((value) => ({ type: 'text', value })),
})
const section = (number: number): blocks.Flow[] => [
  { type: 'heading', depth: 2, children: [{ type: 'text', value: `What to expect, part ${number}` }] },
  ...Array.from({ length: 3 }, paragraph),
]

/** Milliseconds of one call: the median of many, after a warm-up. */
function median(call: () => unknown): number {
  const times: number[] = []
  for (let run = 0; run < 300; run++) {
    const start = performance.now()
    call()
    if (run >= 100) times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[100]!
}

/** All checks of a long article, as they run after each pause in writing. */
export async function bench(): Promise<Figure[]> {
  const document = article({ body: root(...Array.from({ length: 15 }, (_, index) => section(index + 1)).flat()) })
  const json = JSON.stringify(document)
  const { words } = readabilityOf(document, records())
  const known = records()
  const ours = median(() => check(document, { records: known, site, policy: defaultPolicy, today }))
  const yardstick = median(() => JSON.parse(json))
  const name = `all checks of ${Math.round(words / 100) * 100} words ÷ JSON.parse of the document`
  return [{ name, ours, yardstick, ratio: ours / yardstick, unit: 'ms', goal: '≤ 50 ms' }]
}
