import { existsSync, readFileSync } from 'node:fs'
import { settingsTable } from 'cms/src/environment.ts'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

test('the README lists every setting with its default and meaning', () => {
  const rows = settingsTable().map(({ name, byDefault, meaning }) => `| \`${name}\` | ${byDefault} | ${meaning} |`)
  const table = ['| Setting | Default | Meaning |', '|---|---|---|', ...rows].join('\n')
  const listed = /<!-- settings -->\n([\s\S]*?)\n<!-- \/settings -->/.exec(read('README.md'))?.[1]
  expect(listed, 'Put this between the two comments of README.md').toBe(table)
})

test.each(['README.md', 'ARCHITECTURE.md'])('what %s names is there', (file) => {
  const text = read(file)
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path!)
  // Paths in code spans: from the root, without patterns and placeholders.
  const paths = [...text.matchAll(/`((?:content-schemas|pipeline|cms|tests)\/[\w./-]*)`/g)].map(([, path]) => path!)
  expect([...links, ...paths].filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})
