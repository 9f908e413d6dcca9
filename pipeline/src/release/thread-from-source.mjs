import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

/* A thread takes no loader along that knows TypeScript: it registers its own. Bundles need none. */

register()
await import(workerData.entry)
