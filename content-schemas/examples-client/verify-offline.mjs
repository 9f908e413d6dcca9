import { verifyCopy } from 'content-schemas/client'
import { folderCopy } from 'content-schemas/client/folder'

const [folder, key] = process.argv.slice(2)
const { index } = await verifyCopy(folderCopy(folder), { keys: [key] })
console.log(`Every file of release ${index.release} is as it was signed.`)
