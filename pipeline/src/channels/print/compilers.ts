import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import type { TypesetJob } from '../channel.ts'
import { fontFiles } from './fonts.ts'

/*
 * The two builds of Typst. Loaded in the render pool's children only: it is synchronous native code, or 28 MB of WASM.
 */

/** Which build typesets, and what that means for the PDFs. */
export type CompilerInUse = {
  build: 'native' | 'wasm'
  /** Whether PDFs are checked against PDF/UA-1 and marked as such; without, they are tagged all the same. */
  marked: boolean
  /** A sentence for people. */
  says: string
}

export type Compiler = CompilerInUse & { typeset(job: TypesetJob): Uint8Array }

const require = createRequire(import.meta.url)
// By the package's own name: this file runs from its source and bundled into another folder.
const template = () => readFileSync(require.resolve('pipeline/channels/print/handout.typ'), 'utf8')
const inputsOf = (job: TypesetJob) => ({ paper: JSON.stringify(job.input), date: job.date })

/**
 * The native build where the platform has one, else the WASM build.
 * `build` forces one; forced, a native build that does not load is an error. `folder` is an empty one, all that a
 * document may see of the machine.
 */
export async function loadCompiler(build: 'native' | 'wasm' | 'auto', folder: string): Promise<Compiler> {
  if (build === 'native') return nativeCompiler(folder)
  if (build === 'wasm') return wasmCompiler('The WASM build of the typesetter was asked for')
  try {
    return await nativeCompiler(folder)
  } catch {
    return wasmCompiler(`There is no native typesetter for this platform (${process.platform} ${process.arch})`)
  }
}

async function nativeCompiler(workspace: string): Promise<Compiler> {
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  const fontBlobs = fontFiles.map((file) => readFileSync(file))
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] })
  const mainFileContent = template()
  let typeset = 0
  const pdfOf = (document: NodeTypstDocument): Uint8Array => {
    try {
      return compiler.pdf(document, { pdfStandard: 'ua-1' })
    } catch (error) {
      throw new Error(fromDebugText(String(error)), { cause: error })
    }
  }
  const tidy = () => {
    typeset += 1
    compiler.resetShadow()
    // Without both, memory grew to 4 GB in 1,000 documents.
    if (typeset % 5 === 0) compiler.evictCache(0)
    if (typeset % 10 === 0) globalThis.gc?.()
  }
  return {
    build: 'native',
    marked: true,
    says: 'PDFs are made by the native typesetter, checked against PDF/UA-1 and marked as such.',
    typeset(job) {
      for (const [path, bytes] of Object.entries(job.files))
        compiler.mapShadow(join(workspace, path), Buffer.from(bytes))
      try {
        const compiled = compiler.compile({ mainFileContent, inputs: inputsOf(job) })
        const fault = compiled.takeError() ?? compiled.takeWarnings()
        if (fault) throw new Error(sentences(compiler.fetchDiagnostics(fault)))
        return pdfOf(compiled.result!)
      } finally {
        tidy()
      }
    },
  }
}

const sentences = (diagnostics: { message: string; hints?: string[] }[]): string =>
  diagnostics.map(({ message, hints = [] }) => [message, ...hints].join('; ')).join('. ')

/** The export reports its findings as Rust debug text: what is of use in it are the messages. */
function fromDebugText(text: string): string {
  const messages = [...text.matchAll(/message: "((?:\\.|[^"\\])*)"/g)].map(([, message]) =>
    message!.replaceAll('\\"', '"'),
  )
  return messages.join('. ') || text
}

async function wasmCompiler(why: string): Promise<Compiler> {
  const { default: init, TypstCompilerBuilder } = await import('@myriaddreamin/typst-ts-web-compiler')
  await init({ module_or_path: readFileSync(require.resolve('@myriaddreamin/typst-ts-web-compiler/wasm')) })
  const builder = new TypstCompilerBuilder()
  builder.set_dummy_access_model()
  for (const file of fontFiles) await builder.add_raw_font(readFileSync(file))
  const compiler = await builder.build()
  compiler.add_source('/handout.typ', template())
  return {
    build: 'wasm',
    marked: false,
    says: `${why}: PDFs are made by the WASM build. They are tagged for screen readers, but not marked PDF/UA-1.`,
    typeset(job) {
      const paths = Object.keys(job.files)
      for (const path of paths) compiler.map_shadow(path, job.files[path]!)
      try {
        const compiled = compiler.compile('/handout.typ', Object.entries(inputsOf(job)), 'pdf', 3)
        if (!compiled.result) throw new Error(sentences(compiled.diagnostics ?? [{ message: 'It gave no PDF' }]))
        return compiled.result
      } finally {
        for (const path of paths) compiler.unmap_shadow(path)
      }
    },
  }
}
