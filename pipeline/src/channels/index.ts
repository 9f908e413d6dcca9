import type { Channel } from './channel.ts'
import { print } from './print/index.ts'
import { web } from './web/index.ts'

/** Every way out of the pipeline. A new one is its folder and a line here. */
export const channels: readonly Channel[] = [web, print]
