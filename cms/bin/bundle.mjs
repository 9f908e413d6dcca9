import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * The programs run from bundles that are made when they are missing or older than a source: half a second, once.
 * Nobody has to remember a build step, and a bundle starts three times faster than its sources.
 */

const cms = dirname(dirname(fileURLToPath(import.meta.url)))
const root = dirname(cms)
const dist = join(cms, 'dist')
const sources = ['content-schemas/src', 'content-schemas/schemas', 'pipeline/src', 'cms/src', 'cms/bin'].map((folder) =>
  join(root, folder),
)

/** What decides the bytes of a release: the pipeline, and the contract it keeps. */
const contents = ['content-schemas/src', 'content-schemas/schemas', 'pipeline/src'].map((folder) => join(root, folder))

/** Programs by the name of their bundle, and the source they start from. */
const programs = {
  signpost: 'cms/src/commands/signpost.ts',
  'markdown-child': 'pipeline/src/body/markdown-child.ts',
  'compile-thread': 'pipeline/src/release/compile-thread.ts',
  typesetter: 'pipeline/src/channels/print/typesetter.ts',
}

/** Bundles the programs unless that was done for these very sources; returns the folder that holds them. */
export async function bundle() {
  const folder = join(dist, fingerprint(sources))
  if (!existsSync(folder)) await write(folder)
  return folder
}

/** Differs when a source was changed, added or removed: from their paths and times alone, which takes milliseconds. */
function fingerprint(folders) {
  const hash = createHash('sha256')
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) visit(path)
      else hash.update(`${path} ${statSync(path).mtimeMs};`)
    }
  }
  for (const folder of folders) visit(folder)
  return hash.digest('hex').slice(0, 16)
}

async function write(folder) {
  const { build } = await import('esbuild')
  mkdirSync(dist, { recursive: true })
  const fresh = mkdtempSync(join(dist, 'new-'))
  try {
    await build({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(Object.entries(programs).filter(([, source]) => existsSync(join(root, source)))),
      outdir: fresh,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      packages: 'external',
      // Our workspaces are sources, not packages: they go into the bundle.
      alias: {
        'content-schemas/schemas': join(root, 'content-schemas/schemas'),
        'content-schemas': join(root, 'content-schemas/src/index.ts'),
        pipeline: join(root, 'pipeline/src'),
      },
      loader: { '.typ': 'text' },
      define: { PIPELINE_VERSION: JSON.stringify(versionOf(contents)) },
      sourcemap: true,
      logLevel: 'error',
    })
    renameSync(fresh, folder)
    removeOld(folder)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    // Another process was faster, with the same result.
    if (!existsSync(folder)) throw error
  }
}

/** Programs that run may still load a part of theirs: only bundles a day older than the newest go. */
function removeOld(newest) {
  for (const name of readdirSync(dist)) {
    const folder = join(dist, name)
    if (folder !== newest && Date.now() - statSync(folder).mtimeMs > 86_400_000) rmSync(folder, { recursive: true })
  }
}

/** A hash of sources: files compiled from other sources are made anew. */
function versionOf(folders) {
  const hash = createHash('sha256')
  const visit = (path) => {
    for (const name of readdirSync(path).sort()) {
      const child = join(path, name)
      if (statSync(child).isDirectory()) visit(child)
      else hash.update(name).update(readFileSync(child))
    }
  }
  for (const folder of folders) visit(folder)
  return hash.digest('hex').slice(0, 16)
}
