import { readdirSync, readFileSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/*
 * npm hoists every workspace, so an import nobody declared resolves by accident. Here the directions are kept:
 * content-schemas ← pipeline ← cms, tests → all.
 */

const root = fileURLToPath(new URL('../..', import.meta.url))
const workspaces = ['content-schemas', 'pipeline', 'cms'] as const

function sourcesOf(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (name === 'node_modules' || name === 'dist' || name.startsWith('.next')) return []
    if (statSync(path).isDirectory()) return sourcesOf(path)
    return /\.(?:ts|tsx|mjs)$/.test(name) && !name.endsWith('.d.ts') ? [path] : []
  })
}

type Import = { file: string; to: string }
const imported = /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"\s]+)['"]|\bimport\s*\(?\s*['"]([^'"\s]+)['"]/g
function importsOf(folder: string): Import[] {
  return sourcesOf(join(root, folder)).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(imported)].map((match) => ({
      file: relative(root, path),
      to: (match[1] ?? match[2]) as string,
    })),
  )
}
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
const isRelative = (specifier: string): boolean => specifier.startsWith('.')
const target = ({ file, to }: Import): string => relative(root, resolve(root, dirname(file), to))
const shown = (imports: Import[]): string[] => imports.map(({ file, to }) => `${file} imports ${to}`)

describe.each(workspaces)('%s', (workspace) => {
  const imports = importsOf(workspace)

  test('imports only what its package.json declares', () => {
    const {
      dependencies = {},
      optionalDependencies = {},
      devDependencies = {},
    } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'))
    const declared = new Set([
      ...Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies }),
      workspace,
    ])
    const undeclared = imports.filter(
      ({ to }) =>
        !isRelative(to) && !isBuiltin(to) && !to.startsWith('@payload-config') && !declared.has(packageOf(to)),
    )
    // Types of mdast and hast come with packages of their own name under @types.
    expect(shown(undeclared.filter(({ to }) => !declared.has(`@types/${to}`)))).toEqual([])
  })

  test('reaches no other workspace by a relative path', () => {
    const outside = imports.filter((each) => isRelative(each.to) && !target(each).startsWith(`${workspace}/`))
    expect(shown(outside)).toEqual([])
  })
})

describe('directions', () => {
  const pipeline = importsOf('pipeline')
  const schemas = importsOf('content-schemas')
  const cms = importsOf('cms')

  test('the contract knows nothing but zod, and its examples itself', () => {
    const known = ['zod', 'content-schemas']
    const others = schemas.filter(({ to }) => !isRelative(to) && !isBuiltin(to) && !known.includes(packageOf(to)))
    expect(shown(others)).toEqual([])
  })

  test('the pipeline knows no Payload, Next, React or database', () => {
    const forbidden = /^(?:payload|@payloadcms\/|next|react|react-dom|cms|@libsql\/|mongodb)(?:\/|$)/
    expect(shown(pipeline.filter(({ to }) => forbidden.test(to)))).toEqual([])
  })

  test('a channel never imports another', () => {
    const channel = /^pipeline\/src\/channels\/([^/]+)\//
    const across = pipeline.filter((each) => {
      if (!isRelative(each.to)) return false
      const from = channel.exec(each.file)?.[1]
      const to = channel.exec(target(each))?.[1]
      return from !== undefined && to !== undefined && from !== to
    })
    expect(shown(across)).toEqual([])
  })

  test('transformers and checks know no channel but the types and addresses all share', () => {
    const inside = pipeline.filter((each) => /^pipeline\/src\/(?:transformers|checks|body)\//.test(each.file))
    const known = inside.filter((each) => isRelative(each.to) && /^pipeline\/src\/channels\/[^/]+\//.test(target(each)))
    expect(shown(known)).toEqual([])
  })

  test('only body/ knows an editor state or Markdown', () => {
    const formats = /^(?:remark-|micromark|mdast-util-(?:directive|gfm|from|to-markdown)|@lexical\/|lexical)/
    const elsewhere = pipeline.filter(({ file, to }) => formats.test(to) && !file.startsWith('pipeline/src/body/'))
    expect(shown(elsewhere)).toEqual([])
  })

  test('claims and sender load no Payload', () => {
    const payload = cms.filter(
      ({ file, to }) =>
        /^cms\/src\/(?:claims\/|processes\/(?:sender|front))/.test(file) &&
        /^(?:payload|@payloadcms\/)/.test(packageOf(to)),
    )
    expect(shown(payload)).toEqual([])
  })

  test('the environment is read in one file', () => {
    const readers = sourcesOf(join(root, 'cms')).filter(
      (path) => /process\.env\s*[.[]/.test(readFileSync(path, 'utf8')) && !path.endsWith('cms/src/environment.ts'),
    )
    // Children that parse or typeset get an environment of their own; those that render read it.
    const pipelineReaders = sourcesOf(join(root, 'pipeline')).filter(
      (path) =>
        /process\.env\s*[.[]/.test(readFileSync(path, 'utf8')) &&
        !/(?:print\/pool|print\/typesetter|body\/read-markdown)\.ts$/.test(path),
    )
    expect([...readers, ...pipelineReaders].map((path) => relative(root, path))).toEqual([])
  })

  test('a render knows no clock, chance or network', () => {
    const impure = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(|\bfetch\(/
    const found = sourcesOf(join(root, 'pipeline/src')).filter(
      (path) =>
        /\/(?:channels|transformers|html|phrases)\//.test(path) &&
        !path.includes('/pool') &&
        // Programs for browsers, as text.
        !path.endsWith('.generated.ts') &&
        impure.test(readFileSync(path, 'utf8')),
    )
    expect(found.map((path) => relative(root, path))).toEqual([])
  })
})

test('the root holds the four workspaces and little else', () => {
  const folders = readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory() && !name.startsWith('.'))
  expect(folders.filter((name) => !['node_modules', 'data'].includes(name)).sort()).toEqual([
    'cms',
    'content-schemas',
    'pipeline',
    'tests',
  ])
})
