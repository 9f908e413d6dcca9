import { createClient, StaleError } from 'content-schemas/client'

const [site, locale, slug, key] = process.argv.slice(2)
const client = createClient({ site, keys: [key] })
const release = await client.release().catch((error) => {
  if (!(error instanceof StaleError)) throw error
  console.error(`${error.message} What follows may be out of date.`)
  return error.release
})
const file = await client.file(release, `/v1/${locale}/articles/${slug}.json`)
if (!file) throw new Error(`There is no article ${slug}.`)
const article = JSON.parse(new TextDecoder().decode(file.bytes))
if (article.notice) console.log(`! ${article.notice}\n`)
console.log(
  article.title ? `${article.title}\n\n${article.text}\n\n${article.attribution}` : 'It is no longer published.',
)
