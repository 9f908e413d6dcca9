import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { openReleaser } from 'pipeline/release/reconcile.ts'
import { article, uid } from '../pipeline/documents.ts'
import { Publication, plain, signer } from './publication.ts'

/*
 * Publishes one edition after the other, from the number given on, and says on its standard output which one is in the
 * release. It goes on until it is killed.
 */
const [folder, from] = process.argv.slice(2) as [string, string]
const publication = new Publication()
const publish = (number: number) =>
  publication.publish(article({ uid: uid(101), slug: 'first', title: `Title ${number}` }))
for (let number = 0; number < Number(from); number++) publish(number)

const releaser = openReleaser({
  store: await openFilesystemStore(`${folder}/release`),
  source: publication,
  signer: await signer(),
  channels: [plain],
  version: 'test',
  stateFolder: `${folder}/state`,
  typeset: async () => new Uint8Array(),
})
for (let number = Number(from); ; number++) {
  publish(number)
  await releaser.step()
  process.stdout.write(`${number}\n`)
  await releaser.step()
}
