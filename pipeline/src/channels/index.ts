import type { Channel } from './channel.ts'
import { email } from './email/index.ts'
import { print } from './print/index.ts'
import { site } from './site/index.ts'
import { web } from './web/index.ts'

/** Every way out of the pipeline. A new one is its folder and a line here. */
export const channels: readonly Channel[] = [web, site, email, print]
