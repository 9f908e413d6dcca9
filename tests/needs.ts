import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** A folder or file beside the checkout, such as the article of a third party that tests run on and nobody commits. */
const beside = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const canLoad = (name: string): boolean => {
  try {
    createRequire(import.meta.url)(name)
    return true
  } catch {
    return false
  }
}
const onPath = (command: string): boolean => spawnSync('which', [command]).status === 0

export const seedArticle = beside('shared/seed/heroin-withdrawal-article.md')
/** The folder `schema` of github.com/openreferral/specification at `v3.0` (CC BY-SA 4.0): not ours to carry along. */
export const hsdsSchemas = process.env.HSDS_SCHEMAS ?? beside('shared/hsds/schema')
export const nginxBrotliModule = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so'
export const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(onPath)

/**
 * Parts some tests need that a machine may lack: how to see whether they are there, and what is not tested without them.
 * `isGiven` are those CI can only be given, not install.
 */
const parts = {
  chromium: { there: () => chromium !== undefined, without: 'Chromium is not installed: the browser tests' },
  qpdf: { there: () => onPath('qpdf'), without: 'qpdf is not installed: the structural checks of PDFs' },
  pdftotext: {
    there: () => onPath('pdftotext'),
    without: 'pdftotext (poppler-utils) is not installed: reading PDFs back',
  },
  'native typesetter': {
    there: () => canLoad('@myriaddreamin/typst-ts-node-compiler'),
    without: 'This platform has no native typesetter: the checks of PDF/UA-1 that its WASM build does not pass',
  },
  strace: { there: () => onPath('strace'), without: 'strace is not installed: faults injected at system calls' },
  mongodb: {
    there: () => Boolean(process.env.MONGODB_URI),
    without: 'No MONGODB_URI and no mongod: the cms suite on MongoDB',
  },
  s3: {
    there: () => Boolean(process.env.S3_TEST_URL),
    without: 'No S3_TEST_URL: the suite of the store in a bucket',
  },
  nginx: { there: () => onPath('nginx'), without: 'nginx is not installed: a published folder on another server' },
  'nginx brotli': {
    there: () => onPath('nginx') && existsSync(nginxBrotliModule),
    without: 'libnginx-mod-http-brotli-static is not installed: a published folder on nginx with brotli',
  },
  caddy: { there: () => onPath('caddy'), without: 'Caddy is not installed: a published folder on it' },
  promtool: {
    there: () => onPath('promtool'),
    without: 'promtool (prometheus) is not installed: the format of figures',
  },
  'HSDS schemas': {
    there: () => existsSync(hsdsSchemas),
    without: 'HSDS_SCHEMAS names no folder with the schemas of HSDS 3.0: resources by the schemas of Open Referral',
    isGiven: true,
  },
  seed: {
    there: () => existsSync(seedArticle),
    without: 'The article of a third party is not beside the checkout: its import',
  },
}
export type Part = keyof typeof parts

/**
 * Whether this machine lacks a part; for `describe.skipIf(lacks('qpdf'))`.
 * What is skipped stands in the closing summary; with `CI=true` the lack of what can be installed is an error.
 */
export function lacks(part: Part): boolean {
  const { there, without, ...more } = parts[part]
  if (there()) return false
  if (process.env.CI === 'true' && !('isGiven' in more))
    throw new Error(`${without} cannot run. In CI that is a failure: install it in .ci/run.`)
  if (process.env.SIGNPOST_TEST_SKIPS) appendFileSync(process.env.SIGNPOST_TEST_SKIPS, `${without} did not run.\n`)
  return true
}
