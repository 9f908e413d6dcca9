import { type Command, MisuseError, textOption } from 'pipeline/commands/index.ts'
import { environment } from '../environment.ts'
import { type ProcessName, processNames, start as startAll } from '../processes/start.ts'

/** Starts Signpost, or one of its processes. */
export const start: Command = {
  name: 'start',
  usage: 'start [--only front|admin|worker|sender]',
  summary: 'Start Signpost and keep it running.',
  help: `
--only NAME        one process, in this one: front (what readers get), admin (Next and Payload), worker (makes the
                   release), sender (mail)
--admin-port PORT  where front and admin meet on this machine; default PORT + 1`,
  options: { only: { type: 'string' }, 'admin-port': { type: 'string' } },
  async run(context) {
    const settings = environment()
    const only = textOption(context, 'only')
    if (only === undefined) return startAll(settings, { say: context.print, warn: context.tell })
    if (!processNames.includes(only as ProcessName))
      throw new MisuseError(`There is no process \`${only}\`. There are ${processNames.join(', ')}.`)
    const adminPort = Number(textOption(context, 'admin-port') ?? settings.port + 1)
    try {
      await run[only as ProcessName](adminPort)
    } catch (error) {
      // For a log, not for a person at a prompt: with its causes.
      console.error(error)
      return 1
    }
    return forever()
  },
}

// Each loads what it needs and no more: the front must not load Payload.
const run: Record<ProcessName, (adminPort: number) => Promise<void>> = {
  front: async (adminPort) => (await import('../processes/front.ts')).runFront(environment(), adminPort),
  admin: async (adminPort) => (await import('../processes/admin.ts')).runAdmin(environment(), adminPort),
  worker: async () => (await import('../processes/worker.ts')).runWorker(environment()),
  sender: async () => (await import('../processes/sender.ts')).runSender(environment()),
}

/** The process ends itself when it is told to. */
const forever = (): Promise<never> => new Promise(() => {})
