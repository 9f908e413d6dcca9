import { join } from 'node:path'
import type { Command } from 'pipeline/commands/index.ts'
import { environment } from '../environment.ts'
import { closePayload, openPayload } from '../processes/installation.ts'

/** Takes the sample content out. */
export const sampleRemove: Command = {
  name: 'sample remove',
  usage: 'sample remove',
  summary: 'Take the sample content and its sign-ins out; what you made yourself stays.',
  help: `
Published sample articles end as gone. A record of the sample that an article of yours shows stays, and is named.

--json  {removed, kept: [{collection, slug, reason}]}`,
  async run({ json, print }) {
    const [{ removeSample }, { sampleAccounts }] = await Promise.all([
      import('../publishing/folder/remove.ts'),
      import('../processes/sample.ts'),
    ])
    try {
      const folder = join(environment().root, 'cms', 'sample')
      const emails = sampleAccounts.map(({ email }) => email)
      const { removed, kept } = await removeSample(await openPayload(), folder, emails)
      if (json) print(JSON.stringify({ removed, kept }))
      else {
        print(`${removed} articles, issues, records and sign-ins of the sample are removed.`)
        for (const { collection, slug, reason } of kept) print(`Kept ${collection}/${slug}: ${reason}`)
      }
      return 0
    } finally {
      await closePayload()
    }
  },
}
