import { readdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Figure } from './figure.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, help: { type: 'boolean' } },
})
if (values.help) {
  console.log(
    'npm run bench [-- FILTER…] [--json FILE]\nFILTER: only the figures whose file names contain it, such as cms.\nEvery figure beside its yardstick, measured in one run: medians; ratios are firmer than times.',
  )
  process.exit(0)
}

const figures: Figure[] = []
for (const file of readdirSync(new URL('.', import.meta.url)).sort()) {
  if (['run.ts', 'figure.ts'].includes(file) || !file.endsWith('.ts')) continue
  if (positionals.length > 0 && !positionals.some((part) => file.includes(part))) continue
  console.log(file.replace('.ts', ''))
  const { bench } = (await import(new URL(file, import.meta.url).href)) as {
    bench: () => Promise<Figure[]>
  }
  for (const figure of await bench()) {
    figures.push(figure)
    console.log(line(figure))
  }
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)

function line({ name, ours, yardstick, ratio, unit, goal }: Figure): string {
  const digits = (value: number) => value.toPrecision(3)
  const measured = `${digits(ours)} ${unit}, yardstick ${digits(yardstick)} ${unit}, ratio ${digits(ratio)}`
  return `  ${name.padEnd(56)} ${measured}${goal ? `  (goal: ${goal})` : ''}`
}
