import { check } from './check.ts'
import type { Command } from './command.ts'
import { publishDir } from './publish-dir.ts'
import { reconcile } from './reconcile.ts'
import { render } from './render.ts'
import { resign } from './resign.ts'
import { serve } from './serve.ts'
import { verify } from './verify.ts'

export type { Command, CommandContext, ExitCode, Publication, Surroundings, Terminal } from './command.ts'
export { MisuseError, runCommand, terminal, textOption } from './command.ts'

/** Commands that need no CMS. */
export const pipelineCommands: readonly Command[] = [check, render, reconcile, verify, serve, publishDir, resign]
