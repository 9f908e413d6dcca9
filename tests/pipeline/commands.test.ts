import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Message } from 'content-schemas'
import { parse } from 'parse5'
import { MisuseError } from 'pipeline/commands/command.ts'
import { type Command, pipelineCommands, runCommand } from 'pipeline/commands/index.ts'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const program = fileURLToPath(new URL('../../cms/bin/signpost.mjs', import.meta.url))
const fixture = fileURLToPath(new URL('../fixtures/folder', import.meta.url))
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signpost-commands-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type Outcome = { code: number; out: string; err: string }
const run = (file: string, argv: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(file, argv, { cwd: folder }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
/** The command as a person runs it. */
const signpost = (...argv: string[]): Promise<Outcome> => run(process.execPath, [program, ...argv])
/** The same within this process, for what touches nothing. */
async function here(...argv: string[]): Promise<Outcome> {
  const lines: Record<'out' | 'err', string[]> = { out: [], err: [] }
  const code = await runCommand(
    pipelineCommands,
    argv,
    {},
    { print: (line) => lines.out.push(line), tell: (line) => lines.err.push(line) },
  )
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') }
}
const draft = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

describe('a command line that means nothing', () => {
  test.each([
    [['chek'], 'Did you mean `check`?'],
    [['verfiy', 'x'], 'Did you mean `verify`?'],
    [['frobnicate'], 'There is no command `frobnicate`.'],
    [['check'], 'Something is missing: `signpost check PATH…'],
    [['check', 'x.md', '--recrods', 'y'], 'Did you mean `--records`?'],
    [['check', 'no-such-file.md'], 'There is no file or folder `no-such-file.md`.'],
    [['verify', 'a', 'b'], '`b` is too much'],
    [['verify', '.', '--seen', 'ten'], '`--seen` takes the number of a release.'],
    [['verify', 'no-such-folder'], 'There is no release in `no-such-folder`.'],
    [['verify'], 'Which release?'],
    [['render', 'x.md', '--channel', 'web'], 'Where to?'],
    [['render', 'no-such-file.md', '--out', 'y'], 'There is no file `no-such-file.md`.'],
    [['render', program, '--out', 'y', '--channel', 'fax'], 'There is no channel `fax`. There are web,'],
    [['reconcile'], 'There is no CMS here.'],
    [['reconcile', '--from', 'x'], '`--from` and `--to` go together'],
    [['publish-dir'], 'Something is missing: `signpost publish-dir DIR'],
    [['publish-dir', 'x'], 'Which release?'],
    [['publish-dir', 'x', '--from', 'no-such-folder'], 'There is no release in `no-such-folder`.'],
    [['resign'], 'There is no installation here'],
    [['serve', '--port', 'many'], '`--port` takes a number'],
    [['serve', 'no-such-folder'], 'There is no folder'],
  ])('%j', async (argv, sentence) => {
    const { code, out, err } = await here(...argv)
    expect(err).toContain(sentence)
    expect(err).toMatch(/See `signpost .*--help`\.$/)
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })

  test('and none at all: the list of commands, as misuse', async () => {
    const { code, out } = await here()
    expect(code).toBe(2)
    for (const { usage } of pipelineCommands) expect(out).toContain(usage)
  })

  test('an error of another kind is one sentence and exit 1', async () => {
    const failing: Command = {
      ...{ name: 'fail', usage: 'fail', summary: '' },
      run: async () => {
        throw new Error('The disk is full. Make room.')
      },
    }
    const told: string[] = []
    const code = await runCommand([failing], ['fail'], {}, { print: () => {}, tell: (line) => told.push(line) })
    expect({ code, told }).toEqual({ code: 1, told: ['The disk is full. Make room.'] })
    expect(new MisuseError('x').name).toBe('MisuseError')
  })
})

test.each(pipelineCommands.map(({ name }) => name))('signpost %s --help explains it', async (name) => {
  const { code, out } = await here(name, '--help')
  expect(code).toBe(0)
  expect(out).toMatch(new RegExp(`^Usage: signpost ${name}`))
  const options = Object.keys(pipelineCommands.find((command) => command.name === name)!.options ?? {})
  for (const option of options) expect(out).toContain(`--${option}`)
})

/** Ends a program that loads a part of the CMS, and says which. */
const withoutCms = `data:text/javascript,${encodeURIComponent(`
  import { register } from 'node:module'
  const hooks = "export const resolve = (name, context, next) => { if (/^(payload|@payloadcms|next|react)([/]|$)/.test(name)) throw new Error('It loads ' + name); return next(name, context) }"
  register('data:text/javascript,' + encodeURIComponent(hooks))
`)}`

describe('check', () => {
  test('loads no CMS', async () => {
    const env = { ...process.env, NODE_OPTIONS: `--import=${withoutCms}` }
    const run = new Promise((resolve) => {
      execFile(process.execPath, [program, 'check', fixture], { env }, (error, _, err) => resolve(error ? err : 'done'))
    })
    expect(await run).toBe('done')
  })

  test('passes content that is in order', async () => {
    const { code, out, err } = await signpost('check', fixture)
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(err).toContain('15 files: 0 to mend before publication')
  })

  test('goes by the wording rules of the folder, if it has any', async () => {
    const own = join(folder, 'own')
    await cp(fixture, own, { recursive: true })
    const article = join(own, 'articles', 'en', 'rest-by-day.md')
    await writeFile(article, `${await readFile(article, 'utf8')}\nMany addicts and sufferers rest by day.\n`)
    const wordsFound = async () =>
      (await here('check', own)).out.split('\n').flatMap((line) => /wording {2}Avoid “(.+?)”/.exec(line)?.[1] ?? [])
    expect(await wordsFound()).toEqual(['addicts'])
    const rule = {
      term: 'sufferer',
      locale: 'en',
      inflections: ['sufferers'],
      severity: 'block',
      because: 'It pities.',
    }
    const file = join(own, 'wording-rules', 'sufferer.yaml')
    await mkdir(join(own, 'wording-rules'))
    await writeFile(file, JSON.stringify({ ...rule, source: 'https://example.org/', checkedOn: '2026-01-01' }))
    expect(await wordsFound()).toEqual(['sufferers'])
    await writeFile(file, JSON.stringify({ ...rule, source: 'a friend' }))
    expect((await here('check', own)).out).toMatch(/sufferer\.yaml:1 wrong-value {2}`source`/)
  })

  test('names file, line, rule, reason and what to do', async () => {
    const path = await draft('poor.md', '# A guide\n\nSee [here](ftp://x).\n\n::figure[A]{#f media=none}\n')
    const { code, out } = await signpost('check', path)
    expect(code).toBe(1)
    for (const line of out.trim().split('\n'))
      expect(line).toMatch(/^poor\.md:\d+(:\d+)? [a-z-]+( \(advice\))? {2}\S.*\.( {2}→ \S.*\.)?$/)
    expect(out).toMatch(/^poor\.md:5:\d+ unknown-reference /m)
    expect(out).toMatch(/reviewer/)
  })

  test('says the same to programs, as the contract has it', async () => {
    const path = await draft('poor.md', '# A guide\n\nText.\n')
    const { code, out } = await signpost('check', path, '--json')
    const { files } = JSON.parse(out)
    expect({ code, paths: files.map((file: { path: string }) => file.path) }).toEqual({ code: 1, paths: [path] })
    expect(files[0].messages.length).toBeGreaterThan(2)
    for (const message of files[0].messages) Message.parse(message)
  })

  test('finds what is wrong with records, with its line', async () => {
    const content = join(folder, 'content')
    await cp(fixture, content, { recursive: true })
    await writeFile(
      join(content, 'resources', 'night-line.yaml'),
      'kind: helpline\nname: Night Line\nstatus: open\ndescription: Talk.\n',
    )
    await writeFile(join(content, 'people', 'ana-ruiz.yaml'), 'name: [Ana\n')
    await writeFile(join(content, 'topics', 'bomb.yaml'), 'a: &a [x, x]\nb: &b [*a, *a]\nname: *b\n')
    const { code, out } = await signpost('check', content)
    expect(code).toBe(1)
    expect(out).toMatch(/night-line\.yaml:3 wrong-value {2}`status`/)
    expect(out).toMatch(/ana-ruiz\.yaml:\d+ unreadable-yaml /)
    expect(out).toMatch(/bomb\.yaml:1 unreadable-yaml /)
  })

  test('survives files made to break parsers', async () => {
    const deep = await draft('deep.md', `${'>'.repeat(9000)} x`)
    const large = await draft('large.md', 'word '.repeat(100_000))
    const { code, out } = await signpost('check', deep, large)
    expect(code).toBe(1)
    expect(out).toMatch(/deep\.md:1:\d+ limit-nesting/)
    expect(out).toMatch(/large\.md:1:\d+ limit-size/)
  })
})

describe('render', () => {
  const source = join(fixture, 'articles', 'en', 'sleep-well.md')
  const filesIn = async (out: string) =>
    (await readdir(out, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(out.length))
      .sort()

  test('writes every form of an article with its records', async () => {
    const out = join(folder, 'out')
    const { code, out: listed } = await signpost('render', source, '--records', fixture, '--out', out)
    expect(code).toBe(0)
    const files = await filesIn(out)
    expect(
      listed
        .trim()
        .split('\n')
        .map((path) => path.slice(out.length))
        .sort(),
    ).toEqual(files)
    expect(files).toEqual(
      expect.arrayContaining(['/en/articles/sleep-well.html', '/v1/en/articles/sleep-well.json', '/assets/site.css']),
    )
    const json = JSON.parse(await readFile(join(out, 'v1/en/articles/sleep-well.json'), 'utf8'))
    expect(json).toMatchObject({ title: 'Sleep well in 2 steps', edition: { number: 1 } })
    const page = parse(await readFile(join(out, 'en/articles/sleep-well.html'), 'utf8'))
    expect(JSON.stringify(page, (key, value) => (key === 'parentNode' ? undefined : value))).toContain('Night Line')
    expect((await readFile(join(out, 'v1/en/handouts/sleep-well.a4.standard.pdf'))).subarray(0, 5).toString()).toBe(
      '%PDF-',
    )
    const html = await readFile(join(out, 'v1/en/emails/sleep-well.html'), 'utf8')
    const mail = await PostalMime.parse(`Subject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`)
    expect(mail.html).toContain('Sleep well in 2 steps')
  })

  test('renders what is incomplete and hostile, and says what is wrong', async () => {
    const path = await draft(
      'hostile.md',
      '---\ntitle: <script>alert(1)</script>\n---\n\nText <img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))\n\n#set page(width: 1cm)\n',
    )
    const out = join(folder, 'hostile')
    const { code, err } = await signpost('render', path, '--channel', 'site', '--channel', 'print', '--out', out)
    expect(code).toBe(0)
    expect(err).toMatch(/^hostile\.md:\d+/m)
    const page = await readFile(
      join(out, (await filesIn(out)).find((name) => name.startsWith('/en/articles/'))!),
      'utf8',
    )
    expect(page).not.toMatch(/<script>alert|<img[^>]*onerror|href="javascript/)
    expect((await filesIn(out)).filter((name) => name.endsWith('.pdf'))).toHaveLength(1)
  })
})

describe('a release of a folder', () => {
  test('is made, verified, left alone, and follows the folder', { timeout: 180_000 }, async () => {
    const content = join(folder, 'notes')
    const to = join(folder, 'release')
    await cp(fixture, content, { recursive: true, preserveTimestamps: true })
    const made = await signpost('reconcile', '--from', content, '--to', to)
    expect({ code: made.code, err: made.err.trim().split('\n').at(-1) }).toEqual({ code: 0, err: 'Release 2 stands.' })
    expect(made.err).toMatch(/^Compiled \d+ documents\.$/m)
    expect(made.out).toContain('+ /v1/en/handouts/sleep-well.a4.standard.pdf')

    const verified = await signpost('verify', to)
    expect(verified.out).toMatch(/^Release 2 of \S+ is whole: \d+ paths/)

    const shown = `${to}-shown`
    expect(JSON.parse((await signpost('publish-dir', shown, '--from', to, '--json')).out)).toMatchObject({ release: 2 })
    expect(await readFile(join(shown, 'en/articles/rest-by-day.html'), 'utf8')).toContain('Rest by day')
    expect(JSON.parse((await signpost('publish-dir', shown, '--from', to, '--json')).out)).toEqual({ release: null })

    expect(JSON.parse((await signpost('reconcile', '--from', content, '--to', to, '--json')).out)).toMatchObject({
      made: 0,
      changed: [],
    })

    await writeFile(
      join(content, 'articles/en/rest-by-day.md'),
      (await readFile(join(content, 'articles/en/rest-by-day.md'), 'utf8')).replace('Rest by day', 'Rest at noon'),
    )
    await rm(join(content, 'articles/es/dormir-bien.md'))
    const planned = await signpost('reconcile', '--from', content, '--to', to, '--dry-run')
    expect(planned.out).toContain('- /v1/es/articles/dormir-bien.json')
    expect(planned.err).toContain('Nothing was changed.')
    const followed = JSON.parse((await signpost('reconcile', '--from', content, '--to', to, '--json')).out)
    expect(followed.changed).toEqual(expect.arrayContaining(['/en/articles/rest-by-day', '/en/topics/sleep']))
    expect(followed.removed).toContain('/v1/es/articles/dormir-bien.json')

    const objects = (await readdir(join(to, 'objects'), { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    )
    for (const { parentPath, name } of objects) {
      const path = join(parentPath, name)
      const bytes = await readFile(path)
      if (!bytes.includes('Rest at noon')) continue
      bytes[0]! ^= 1
      await writeFile(path, bytes)
    }
    const refused = await signpost('verify', to, '--json')
    expect([refused.code, JSON.parse(refused.out).error.code]).toEqual([1, 'altered'])
  })

  test('of many documents is compiled in threads, and it is told when there are none', async () => {
    const content = join(folder, 'many')
    await cp(fixture, content, { recursive: true })
    const one = await readFile(join(content, 'articles/en/rest-by-day.md'), 'utf8')
    for (let number = 1; number <= 120; number++)
      await writeFile(
        join(content, 'articles/en', `rest-${number}.md`),
        one.replace(/^uid: .*\nslug: .*\ntitle: .*/m, `title: Rest by day ${number}`),
      )
    const argv = ['reconcile', '--from', content, '--to', join(folder, 'many-release'), '--dry-run', '--json']
    const { out, err } = await signpost(...argv)
    const { compiled, inThreads, problems } = JSON.parse(out)
    expect({ inThreads, problems, err }).toEqual({ inThreads: compiled, problems: [], err: '' })
    expect(compiled).toBeGreaterThan(120)

    const bundler = new URL('../../cms/bin/bundle.mjs', import.meta.url).href
    const { bundle }: { bundle(): Promise<string> } = await import(bundler)
    const lacking = join(folder, 'bundle')
    await cp(await bundle(), lacking, { recursive: true })
    await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'))
    await rm(join(lacking, 'compile-thread.js'))
    const alone = await run(process.execPath, ['--conditions=production', join(lacking, 'signpost.js'), ...argv])
    expect(JSON.parse(alone.out)).toMatchObject({ compiled, inThreads: 0, problems: [] })
    expect(alone.err).toMatch(/^Documents are compiled without threads.*compile-thread\.js/)
  })

  test('is served while the folder is written', async () => {
    const content = join(folder, 'written')
    await cp(fixture, content, { recursive: true })
    const server = spawn(process.execPath, [program, 'serve', content, '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const { address } = JSON.parse(await firstLine(server))
      await until(async () => (await fetch(`${address}/en/articles/sleep-well`)).status === 200)
      expect(await (await signpost('verify', address)).out).toMatch(/^Release \d+ of/)
      const path = join(content, 'articles/en/sleep-well.md')
      await writeFile(path, (await readFile(path, 'utf8')).replace('Even after a bad night.', 'Even on Sundays.'))
      await until(async () =>
        (await (await fetch(`${address}/en/articles/sleep-well`)).text()).includes('Even on Sundays.'),
      )
    } finally {
      const ended = new Promise((resolve) => server.once('exit', (code, signal) => resolve(code ?? signal)))
      server.kill('SIGTERM')
      expect(await ended).toBe(0)
    }
  })
})

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    child.stdout!.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    child.once('exit', (code) => reject(new Error(`It ended with ${code}.`)))
  })

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 45_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('It did not happen in 45 s.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
