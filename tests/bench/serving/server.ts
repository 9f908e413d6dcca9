import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { readSnapshot } from 'pipeline/serve/answers.ts'
import { createFront } from 'pipeline/serve/index.ts'

/*
 * A server in a process of its own: `server.ts ours|bare FOLDER PATH`. `bare` is node:http and the very bytes ours
 * answers, for every address. Tells its port to the parent.
 */

const [kind, folder = '', path = ''] = process.argv.slice(2)
process.once('SIGINT', () => process.exit(0))
const store = await openFilesystemStore(folder)
const tell = (port: number) => process.send!(port)

if (kind === 'ours') tell(await createFront({ store }).listen(0))
else {
  const answer = await (await readSnapshot(store, (await store.readIndex())!)).answerAt(path)
  const { whole, body } = answer!.forms.br ?? answer!.forms.identity
  const server = createServer((_, response) => {
    response.writeHead(200, whole)
    response.end(body)
  })
  server.listen(0, '127.0.0.1', () => tell((server.address() as AddressInfo).port))
}
