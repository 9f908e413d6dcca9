import { type Command, pipelineCommands, runCommand } from 'pipeline/commands/index.ts'
import { environment } from '../environment.ts'
import { openPublication } from '../processes/installation.ts'
import { adminInvite, adminResetPassword, adminResetSecondFactor } from './admin.ts'
import { checkPublished } from './check-published.ts'
import { compareCommand } from './compare.ts'
import { doctor } from './doctor.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { keysNext, keysShow, keysSwitch } from './keys.ts'
import { move } from './move.ts'
import { publish } from './publish.ts'
import { replace } from './replace.ts'
import { resourcesExport, resourcesImport } from './resources.ts'
import { retireSource } from './retire-source.ts'
import { approve, returnCommand, reviewLink, reviewUnlink, submit } from './review.ts'
import { sampleRemove } from './sample.ts'
import { scheduleCancel, scheduleCommand, scheduleList } from './schedule.ts'
import { checkTranslationCommand, confirmCommand, recallCommand } from './second-readers.ts'
import { send } from './send.ts'
import { signOff } from './sign-off.ts'
import { start } from './start.ts'
import { confirmStrike, liftStrike, strike } from './strikes.ts'
import { withdraw } from './withdraw.ts'

/*
 * The `signpost` command: the CMS's own commands and the pipeline's. None of these files loads Payload by being
 * imported: a command does when it runs, so `signpost check` never does.
 */

const commands: readonly Command[] = [
  start,
  importCommand,
  exportCommand,
  resourcesExport,
  resourcesImport,
  replace,
  submit,
  approve,
  returnCommand,
  reviewLink,
  reviewUnlink,
  confirmCommand,
  recallCommand,
  checkTranslationCommand,
  compareCommand,
  publish,
  withdraw,
  scheduleList,
  scheduleCancel,
  scheduleCommand,
  strike,
  confirmStrike,
  liftStrike,
  signOff,
  retireSource,
  checkPublished,
  move,
  send,
  ...pipelineCommands,
  sampleRemove,
  adminInvite,
  adminResetPassword,
  adminResetSecondFactor,
  keysShow,
  keysNext,
  keysSwitch,
  doctor,
]

// Whoever reads the output may have seen enough, such as `head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

const code = await runCommand(commands, process.argv.slice(2), { publication: () => openPublication(environment()) })
process.exit(code)
