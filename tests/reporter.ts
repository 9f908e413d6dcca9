import { existsSync, readFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/** The closing summary: what ran in which suite, what did not and why, and one line that a program can read. */
export default class ClosingSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const suites = new Map<string, { passed: number; failed: number; skipped: number }>()
    const skippedTests: string[] = []
    for (const module of modules) {
      const name = module.project.name
      const counts = suites.get(name) ?? { passed: 0, failed: 0, skipped: 0 }
      suites.set(name, counts)
      // A file that breaks before its first test has no test to count.
      if (module.errors().length > 0) counts.failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') counts.passed += 1
        else if (state === 'failed') counts.failed += 1
        else {
          counts.skipped += 1
          skippedTests.push(`${module.relativeModuleId}: ${test.fullName}`)
        }
      }
    }
    const sum = (key: 'passed' | 'failed' | 'skipped') =>
      [...suites.values()].reduce((total, counts) => total + counts[key], 0)
    const failed = sum('failed') + errors.length
    const lines = ['', 'Suites']
    for (const [name, counts] of suites)
      lines.push(`  ${name.padEnd(16)} ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
    const reasons = skipReasons()
    if (reasons.length > 0) lines.push('Not run on this machine', ...reasons.map((reason) => `  ${reason}`))
    else if (skippedTests.length > 0) lines.push('Skipped', ...skippedTests.slice(0, 20).map((test) => `  ${test}`))
    const skipped = sum('skipped')
    if (process.env.CI === 'true' && skipped > 0) {
      lines.push('In CI a skipped test is a failure.')
      process.exitCode = 1
    }
    lines.push(`${sum('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
    console.log(lines.join('\n'))
  }
}

function skipReasons(): string[] {
  const file = process.env.SIGNPOST_TEST_SKIPS
  if (!file || !existsSync(file)) return []
  return [...new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean))].sort()
}
