import { parentPort } from 'node:worker_threads'
import { channels } from '../channels/index.ts'
import { type CompileJob, compileBeside, type PackedDocument } from './compile-beside.ts'

/*
 * The thread documents are compiled in, started and ended by compile-pool.ts: one question, one answer, in their order.
 */

export type Question = { number: number; job: CompileJob }
export type Answer =
  | 'ready'
  | { number: number; document: PackedDocument | undefined }
  | { number: number; reason: string }

const port = parentPort!
let last = Promise.resolve()
port.on('message', (question: Question) => {
  last = last.then(() => answer(question))
})
port.postMessage('ready' satisfies Answer)

async function answer({ number, job }: Question): Promise<void> {
  try {
    const document = await compileBeside(job, channels)
    const buffers = (document?.files ?? []).flatMap(({ body, encodings }) =>
      [body, ...(encodings ? [encodings.br, encodings.gzip] : [])].map(({ buffer }) => buffer as ArrayBuffer),
    )
    port.postMessage({ number, document } satisfies Answer, [...new Set(buffers)])
  } catch (error) {
    port.postMessage({ number, reason: error instanceof Error ? error.message : String(error) } satisfies Answer)
  }
}
