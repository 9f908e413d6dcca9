import { performance } from 'node:perf_hooks'
import type { blocks } from 'content-schemas'
import { fromLexical, toLexical } from 'pipeline/body/lexical.ts'
import { bodyFromMarkdown, bodyToMarkdown } from 'pipeline/body/markdown.ts'
import type { Figure } from './figure.ts'

/** Editor state to tree, beside `JSON.parse` of the same document and beside the way through Markdown, written and read. */
export async function bench(): Promise<Figure[]> {
  const state = toLexical(article(), 'en')
  const json = JSON.stringify(state)
  const throughMarkdown = () => bodyFromMarkdown(bodyToMarkdown(fromLexical(state).tree))
  const read = () => fromLexical(state)
  const size = `${Math.round(json.length / 1024)} KB`
  return [
    figure(`editor state to tree, ${size} ÷ JSON.parse of it`, '≤ 0.5', read, () => JSON.parse(json)),
    figure(`editor state to tree, ${size} ÷ through Markdown`, '≤ 0.01', read, throughMarkdown),
  ]
}

function figure(name: string, goal: string, run: () => unknown, yardstickRun: () => unknown): Figure {
  const [ours, yardstick] = medians([run, yardstickRun])
  return { name, ours: ours!, yardstick: yardstick!, ratio: ours! / yardstick!, unit: 'ms', goal }
}

/** What a turn lasts at least, milliseconds: a clock says little about a call of some microseconds. */
const turn = 5

/** The median time of each, in milliseconds a call, warm; measured in turns, so that they share what else the machine does. */
function medians(runs: (() => unknown)[]): number[] {
  const times = runs.map(() => [] as number[])
  const started = performance.now()
  while (performance.now() - started < 6000) for (const [index, run] of runs.entries()) times[index]!.push(timeOf(run))
  return times.map((list) => {
    const warm = list.slice(Math.floor(list.length / 4)).sort((a, b) => a - b)
    return warm[Math.floor(warm.length / 2)]!
  })
}

function timeOf(run: () => unknown): number {
  const start = performance.now()
  for (let calls = 1; ; calls++) {
    run()
    const passed = performance.now() - start
    if (passed >= turn) return passed / calls
  }
}

const sentence =
  'Many people feel unwell for some days, and most of it passes with rest, water and somebody to talk to. '
const text = (value: string): blocks.Text => ({ type: 'text', value })
const paragraph = (...children: blocks.Phrasing[]): blocks.Paragraph => ({ type: 'paragraph', children })
const prose = (): blocks.Paragraph =>
  paragraph(
    text(sentence),
    { type: 'strong', children: [text('Call a doctor')] },
    text(` if it gets worse. ${sentence}`),
    { type: 'link', url: 'https://example.org/help', children: [text('Where to get help')] },
  )

/** An article as people write them: sections, lists, a block of steps; about 25 KB as an editor state. */
function article(): blocks.Root {
  const sections = [1, 2, 3, 4, 5, 6].flatMap((number): blocks.Flow[] => [
    { type: 'heading', depth: 2, children: [text(`What to expect, part ${number}`)] },
    prose(),
    {
      type: 'list',
      ordered: false,
      children: [1, 2, 3].map(() => ({ type: 'listItem', children: [paragraph(text(sentence))] })),
    },
    prose(),
  ])
  const step = (number: number): blocks.Step => ({
    type: 'step',
    id: `step-${number}`,
    title: `Step ${number}`,
    children: [prose(), prose()],
  })
  return {
    type: 'root',
    children: [...sections, { type: 'steps', id: 'steps', children: [1, 2, 3].map(step) }, prose()],
  }
}
