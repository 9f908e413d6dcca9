import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { channels } from 'pipeline/channels/index.ts'
import { systemClock } from 'pipeline/clock.ts'
import { createFront, type Front } from 'pipeline/serve/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { article, uid } from '../pipeline/documents.ts'
import { Publication, signer, workspace } from './publication.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

test('the client takes 15 KB of a page at most, and nothing of Zod', async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: "export * from 'content-schemas/client'", resolveDir: join(root, 'tests') },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    metafile: true,
    logLevel: 'error',
  })
  expect(Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'))).toEqual([])
  expect(gzipSync(outputFiles[0]!.contents).byteLength).toBeLessThan(15 * 1024)
})

/** The package as it is published, installed in a folder of its own: plain Node, no TypeScript. */
describe('the package', () => {
  let folder: string
  let front: Front
  let site: string
  let kid: string
  let place: Awaited<ReturnType<typeof workspace>>
  const example = (name: string, ...args: string[]) =>
    run(process.execPath, [join(folder, 'node_modules/content-schemas/examples-client', name), ...args])

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signpost-package-'))
    const source = join(folder, 'source')
    await cp(join(root, 'content-schemas'), join(source, 'content-schemas'), {
      recursive: true,
      filter: (path) => !/content-schemas\/(?:node_modules|dist)/.test(path),
    })
    await cp(join(root, 'tsconfig.json'), join(source, 'tsconfig.json'))
    await symlink(join(root, 'node_modules'), join(source, 'node_modules'))
    const before = await readFile(join(source, 'content-schemas/package.json'), 'utf8')
    await run('npm', ['pack', '--pack-destination', folder], { cwd: join(source, 'content-schemas') })
    expect(await readFile(join(source, 'content-schemas/package.json'), 'utf8')).toBe(before)
    const installed = join(folder, 'node_modules/content-schemas')
    await mkdir(installed, { recursive: true })
    const { version } = JSON.parse(before)
    await run('tar', ['xzf', `content-schemas-${version}.tgz`, '-C', installed, '--strip-components', '1'], {
      cwd: folder,
    })
    await symlink(join(root, 'node_modules/zod'), join(folder, 'node_modules/zod'))

    const publication = new Publication()
    for (let number = 1; number <= 3; number++)
      publication.publish(article({ uid: uid(200 + number), slug: `a-${number}`, title: `Title ${number}` }))
    place = await workspace(publication, { channels, clock: systemClock })
    await place.reconcile()
    publication.publish(article({ uid: uid(203), slug: 'moved-3', title: 'Title 3' }))
    await place.reconcile()
    front = createFront({ store: place.store })
    site = `http://127.0.0.1:${await front.listen(0)}`
    kid = (await signer()).kid
  })
  afterAll(async () => {
    await front.close()
    await place.remove()
    await rm(folder, { recursive: true, force: true })
  })

  test('loads in plain Node, with its schemas and types', async () => {
    const program = `
      import { Feed } from 'content-schemas'
      import * as client from 'content-schemas/client'
      import schema from 'content-schemas/schemas/feed.schema.json' with { type: 'json' }
      console.log(JSON.stringify([typeof Feed.parse, Object.keys(client), schema.type]))`
    await writeFile(join(folder, 'program.mjs'), program)
    const { stdout } = await run(process.execPath, ['--no-warnings', join(folder, 'program.mjs')])
    const [parse, names, type] = JSON.parse(stdout)
    expect([parse, type]).toEqual(['function', 'object'])
    expect(names).toContain('createClient')

    await writeFile(
      join(folder, 'program.mts'),
      `import type { ArticleJson } from 'content-schemas'
      import { createClient } from 'content-schemas/client'
      const found = await createClient({ site: '', keys: [] }).article('en', 'a')
      if (found && 'title' in found) {
        const article: ArticleJson = found
        // @ts-expect-error It is a string, so the types were found.
        const title: number = article.title
        console.log(title)
      }`,
    )
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck']
    await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, 'program.mts'], {
      cwd: folder,
    })
  })

  test('is served by the site itself, as one module', async () => {
    const program = join(folder, 'served.mjs')
    const module = await (await fetch(`${site}/v1/client.js`)).text()
    await writeFile(join(folder, 'client.mjs'), module)
    await writeFile(
      program,
      `import { createClient } from './client.mjs'
      const [site, key] = process.argv.slice(2)
      const client = createClient({ site, keys: [key] })
      const { path } = await client.file(await client.release(), '/v1/en/articles/a-3.json')
      console.log(path)`,
    )
    const { stdout } = await run(process.execPath, [program, site, kid])
    expect(stdout.trim()).toBe('/v1/en/articles/moved-3.json')
  })

  test('has examples that run', async () => {
    expect((await example('list-feed.mjs', site, 'en')).stdout.trim().split('\n')).toHaveLength(3)
    const shown = await example('show-article.mjs', site, 'en', 'a-1', kid)
    expect(shown.stdout).toContain('Title 1')
    expect((await example('show-article.mjs', site, 'en', 'a-3', kid)).stdout).toContain('Title 3')
    const copy = join(folder, 'copy')
    expect((await example('keep-in-step.mjs', site, copy, kid)).stdout).toMatch(/holds release \d/)
    await front.close()
    expect((await example('verify-offline.mjs', copy, kid)).stdout).toContain('as it was signed')
    await writeFile(join(copy, 'v1/en/articles/a-1.json'), '{}')
    await expect(example('verify-offline.mjs', copy, kid)).rejects.toThrow('altered')
  })
})
