import { createClient } from 'content-schemas/client'

const [site, locale = 'en'] = process.argv.slice(2)
const client = createClient({ site, keys: [] })
for await (const { title, url, date_modified } of client.items(locale))
  console.log(`${date_modified.slice(0, 10)}  ${title}  ${url}`)
