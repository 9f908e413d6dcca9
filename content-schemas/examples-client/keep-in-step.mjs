import { createClient } from 'content-schemas/client'
import { folderCopy } from 'content-schemas/client/folder'

const [site, folder, key] = process.argv.slice(2)
const { index } = await createClient({ site, keys: [key] }).sync(folderCopy(folder))
console.log(`${folder} holds release ${index.release} of ${index.at}.`)
