// Verifies a file of a site with nothing but jose: node verify.mjs SITE THUMBPRINT PATH [NEWEST RELEASE SEEN]
import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose'

const [site, trusted, path, seen = '0'] = process.argv.slice(2)
const refuse = (code) => process.exit(console.error(code) ?? 1)
const get = async (address) => Buffer.from(await (await fetch(site + address)).arrayBuffer())
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
const object = async (hash) => {
  const bytes = await get(`/v1/objects/${hash}`)
  if (sha256(bytes) === hash) return bytes
  refuse((await fetch(`${site}/v1/objects/${sha256(bytes)}`)).ok ? 'swapped' : 'altered')
}
const { signed } = JSON.parse(await get('/v1/index.json'))
const { keys } = JSON.parse(await get('/.well-known/jwks.json'))
const prints = await Promise.all(keys.map((key) => calculateJwkThumbprint(key)))
const key = await importJWK(keys[prints.indexOf(trusted)] ?? refuse('forged'), 'EdDSA')
const { payload } = await compactVerify(signed, key).catch(() => refuse('forged'))
const { release, manifest, expires } = JSON.parse(Buffer.from(payload))
if (release < Number(seen)) refuse('rolled-back')
const { shards } = JSON.parse(await object(manifest))
const entry = JSON.parse(await object(shards[sha256(path).slice(0, 2)] ?? refuse('missing')))[path]
const bytes = await object(entry?.object ?? refuse('missing'))
if (Date.parse(expires) < Date.now()) refuse('stale')
console.log(`${path} is of release ${release}: ${bytes.length} bytes, unaltered`)
