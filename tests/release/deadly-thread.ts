import { parentPort, threadId } from 'node:worker_threads'
import type { Question } from 'pipeline/release/compile-thread.ts'

/* The thread of the compile pool, with documents that end it: by their title. */

const deeds: Record<string, () => void> = {
  hangs() {
    for (;;);
  },
  bloats() {
    const held: number[][] = []
    for (;;) held.push(new Array<number>(100_000).fill(threadId))
  },
  leaves() {
    process.exit(3)
  },
}
parentPort!.on('message', ({ job }: Question) => {
  for (const [name, deed] of Object.entries(deeds)) if (job.published.includes(`"title":"It ${name}"`)) deed()
})
await import('pipeline/release/compile-thread.ts')
