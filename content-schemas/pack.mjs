// Run by npm around `npm pack` and `npm publish`: the workspaces read TypeScript, everybody else JavaScript.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const folder = import.meta.dirname
const manifest = join(folder, 'package.json')
const kept = join(folder, 'dist', 'package.workspace.json')

if (process.argv[2] === 'before') pack()
else if (existsSync(kept)) renameSync(kept, manifest)

function pack() {
  rmSync(join(folder, 'dist'), { recursive: true, force: true })
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
  execFileSync(process.execPath, [join(typescript, 'bin/tsc'), '-p', join(folder, 'tsconfig.pack.json')], {
    stdio: 'inherit',
  })
  mkdirSync(dirname(kept), { recursive: true })
  copyFileSync(manifest, kept)
  const workspace = JSON.parse(readFileSync(manifest, 'utf8'))
  const exports = Object.fromEntries(
    Object.entries(workspace.exports).map(([name, source]) => [name, compiled(source)]),
  )
  writeFileSync(manifest, `${JSON.stringify({ ...workspace, types: './dist/index.d.ts', exports }, null, 2)}\n`)
}

function compiled(source) {
  if (!source.startsWith('./src/')) return source
  const file = source.replace('./src/', './dist/').replace(/\.ts$/, '')
  return { types: `${file}.d.ts`, default: `${file}.js` }
}
