import { afterAll, describe, expect, test } from 'vitest'
import { processesOn, type Running, remove, signpost, startSignpost } from './signpost.ts'

/*
 * The README's second command, as a new user has it: an empty data folder, nothing set.
 * The tests are the stages of one story and run in order.
 */

const get = async (url: string): Promise<Response> => fetch(url, { redirect: 'manual' })

describe('npm start on an empty folder', () => {
  let first: Running
  afterAll(async () => {
    if (!first) return
    if (first.child.exitCode === null) await first.stop()
    remove(first.dataDir)
  })

  test('pages answer while the admin is still on its way, and /admin says so', async () => {
    first = await startSignpost()
    await first.until(/^http:\S+ answers/m)
    const admin = await get(`${first.url}/admin`)
    expect([200, 503]).toContain(admin.status)
    if (admin.status === 503) expect(await admin.text()).toMatch(/editor|admin/i)
    expect((await get(`${first.url}/healthz`)).status).toBeLessThan(600)
  })

  test('ends with five sign-ins and five links that lead somewhere', async () => {
    await first.until(/Signpost is ready/)
    for (const role of ['admin', 'editor', 'reviewer', 'publisher', 'newsletter-manager'])
      expect(first.signIn(role).password.length).toBeGreaterThanOrEqual(12)
    await first.until(/edit this article.*http\S+/i)
    const links = [
      ...first
        .log()
        .split('Signpost is ready')[1]!
        .matchAll(/http:\S+/g),
    ].map(([url]) => url)
    expect(links).toHaveLength(5)
    for (const link of links) expect((await fetch(link)).status, link).toBe(200)
  })

  test('serves what the contract names', async () => {
    const index = await (await get(`${first.url}/v1/index.json`)).json()
    expect(index.release).toBeGreaterThan(0)
    const feed = await (await get(`${first.url}/v1/en/feed.json`)).json()
    expect(feed.items.length).toBeGreaterThanOrEqual(8)
    const json = feed.items[0]._signpost.json
    const article = await (await get(json)).json()
    for (const handout of article.links.handouts) {
      const pdf = await get(handout.url)
      expect(pdf.headers.get('content-type')).toBe('application/pdf')
      expect(
        Buffer.from(await pdf.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-')
    }
    expect((await get(article.links.stamp)).status).toBe(200)
    expect(await (await get(`${first.url}/healthz`)).json()).toMatchObject({ status: 'ok' })
  })

  test('the sample is marked as such and kept out of search engines', async () => {
    const feed = await (await get(`${first.url}/v1/en/feed.json`)).json()
    expect(feed.items.every((item: { _signpost: { sample: boolean } }) => item._signpost.sample)).toBe(true)
    const page = await (await get(feed.items[0].url)).text()
    expect(page).toMatch(/<meta[^>]+noindex/)
  })

  test('a second start on the same data says that one is running, and stops', async () => {
    const second = await startSignpost({ dataDir: first.dataDir })
    await new Promise((resolve) => second.child.once('exit', resolve))
    expect(second.child.exitCode).toBe(1)
    expect(second.log()).toMatch(/already running/)
  })

  test('no door is open to strangers', async () => {
    for (const path of ['/api/users', '/api/articles', '/api/editions', '/api/payload-jobs/run', '/api/graphql'])
      expect((await get(`${first.url}${path}`)).status, path).toBeGreaterThanOrEqual(400)
    const register = await fetch(`${first.url}/api/users/first-register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'stranger@example.org', password: 'a-long-enough-password' }),
    })
    expect(register.status).toBeGreaterThanOrEqual(400)
  })

  test('verify finds the release whole', async () => {
    const { code, stdout, stderr } = await signpost(['verify'], { DATA_DIR: first.dataDir })
    expect(code, stdout + stderr).toBe(0)
  })

  test('Ctrl-C ends every process', async () => {
    const { code, milliseconds } = await first.stop()
    expect(code).toBe(0)
    expect(milliseconds).toBeLessThan(10_000)
    expect(processesOn(first.dataDir)).toEqual([])
  })

  const node = process.env.SIGNPOST_TEST_NODE
  test(`a second start${node ? ', on the current Node,' : ''} has all that was there and shows no password`, async () => {
    const again = await startSignpost({ dataDir: first.dataDir, ...(node ? { node } : {}) })
    await again.until(/Signpost is ready/)
    expect(again.log()).not.toMatch(/Sign-ins/)
    const feed = await (await get(`${again.url}/v1/en/feed.json`)).json()
    expect(feed.items.length).toBeGreaterThanOrEqual(8)
    expect((await get(`${again.url}/admin/login`)).status).toBe(200)
    expect((await again.stop()).code).toBe(0)
  })
})
