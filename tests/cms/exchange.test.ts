import type * as Lists from 'cms/src/admin/desk/dueFilters.ts'
import type { resourcesExport, resourcesImport } from 'cms/src/commands/resources.ts'
import type * as Exchange from 'cms/src/publishing/exchange/resources.ts'
import { parse as parseCsv } from 'csv-parse/sync'
import { handleEndpoints, type Payload } from 'payload'
import { type Command, runCommand } from 'pipeline/commands/index.ts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'
import { rowFor } from './rows.ts'

/* Resources out to directories and spreadsheets, and in again. */

let cms: Installation
let payload: Payload
let exchange: typeof Exchange
let lists: typeof Lists
let commands: Command[]

vi.mock('cms/src/processes/installation.ts', () => ({
  openPayload: async () => payload,
  closePayload: async () => undefined,
}))

const [night, day, formula] = [uid(1), uid(2), uid(3)]
const everything = {
  ...{ id: night, slug: 'night-line', kind: 'helpline', name: 'Night Line', organization: 'Trust “N”, Ltd; of\nLeeds' },
  ...{ status: 'active', alert: 'Busy at ten.', description: 'Somebody to talk to, "always".', text: 'Text HOME' },
  ...{
    chat: 'https://example.org/chat',
    url: 'https://example.org/',
    email: 'a@example.org',
    address: '1 Main Street',
  },
  ...{ serviceArea: 'Leeds', schedule: 'At night', eligibility: 'All', minimumAge: 18, maximumAge: 99 },
  ...{
    languages: ['en', 'es'],
    fees: 'Free',
    applicationProcess: 'Call.',
    assuredDate: '2026-04-01',
    verifyEveryDays: 90,
  },
  ...{ costOptions: ['free', 'insurance'], places: [{ country: 'GB', region: 'England', city: 'Leeds' }] },
  openingHours: {
    ...{ open: 'times', timezone: 'Europe/London' },
    times: [{ byday: ['MO', 'TU'], opensAt: '20:00', closesAt: '06:00' }],
  },
  phones: [
    {
      number: '555 0100',
      type: 'voice',
      extension: '007',
      hours: 'At night',
      description: 'Press 1',
      languages: ['en'],
    },
    { number: '+1 555 0101', type: 'text' },
  ],
}

beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00Z')
  payload = cms.payload
  exchange = await import('cms/src/publishing/exchange/resources.ts')
  lists = await import('cms/src/admin/desk/dueFilters.ts')
  const own: { resourcesExport: typeof resourcesExport; resourcesImport: typeof resourcesImport } = await import(
    'cms/src/commands/resources.ts'
  )
  commands = [own.resourcesExport, own.resourcesImport]
  const others = [
    { id: day, slug: 'day-line', name: 'Day Line', kind: 'service', description: 'By day.', status: 'defunct' },
    { id: formula, slug: 'sum', name: '=SUM(1)', kind: 'website', description: "'-1, +2 and\t@x", alert: "'=1" },
  ]
  for (const data of [everything, ...others]) await payload.create({ collection: 'resources', data: data as never })
  await payload.update({ collection: 'resources', id: day, data: { replacedBy: night } as never })
  await speakSpanish()
})
afterAll(() => cms?.remove())

async function speakSpanish(): Promise<void> {
  const { phones } = await payload.findByID({ collection: 'resources', id: night })
  const hours = phones?.map((phone) => ({ ...phone, hours: 'De noche' }))
  const data = { name: 'Línea', description: 'Habla.', phones: hours }
  await payload.update({ collection: 'resources', id: night, locale: 'es', data: data as never })
}

const options = {
  ...{ format: 'csv', locale: 'en', acting: { by: 'command line' }, isDryRun: false, skipInvalid: false },
} as const satisfies Exchange.ImportOptions
const take = (text: string, more: Partial<Exchange.ImportOptions> = {}) =>
  exchange.importResources(payload, text, { ...options, ...more })
const outcomes = ({ resources }: Exchange.ImportReport) => resources.map(({ outcome }) => outcome)
const csvOf = (...lines: string[]) => lines.join('\r\n')
const found = (id: string, locale: 'en' | 'es' = 'en') => payload.findByID({ collection: 'resources', id, locale })

describe.each(['csv', 'hsds'] as const)('what is exported as %s', (format) => {
  test.each(['en', 'es'] as const)('is unchanged when it is imported again: %s', async (locale) => {
    const file = await exchange.exportResources(payload, format, locale)
    const report = await take(file, { format, locale })
    expect(new Set(outcomes(report))).toEqual(new Set(['unchanged']))
    expect(report.ignored).toEqual([])
    expect(await exchange.exportResources(payload, format, locale)).toBe(file)
  })

  test('brings all of it back where it was lost', async () => {
    const file = await exchange.exportResources(payload, format, 'en')
    const wiped = {
      ...everything,
      name: 'X',
      description: 'X',
      languages: [],
      phones: [],
      url: null,
    }
    await payload.update({ collection: 'resources', id: night, data: { ...wiped, organization: '' } as never })
    const report = await take(file, { format })
    expect(
      report.resources
        .find(({ uid }) => uid === night)
        ?.differences.map(({ field }) => field)
        .sort(),
    ).toEqual(['assuredDate', 'description', 'languages', 'name', 'organization', 'phones', 'url'].sort())
    expect(await exchange.exportResources(payload, format, 'en')).toBe(file)
  })
})

test('another program reads the same from the CSV, and finds no formula in it', async () => {
  const text = await exchange.exportResources(payload, 'csv', 'en')
  const rows = parseCsv(text, { bom: true, columns: true }) as Record<string, string>[]
  const byId = new Map(rows.map((row) => [row.id, row]))
  expect(byId.get(night)).toMatchObject({
    ...{ name: 'Night Line', organization: everything.organization, description: everything.description },
    ...{ minimum_age: '18', languages: 'en; es', assured_date: '2026-04-01', verify_every_days: '90' },
    ...{
      phones_1_number: '555 0100',
      phones_1_extension: '007',
      phones_2_number: "'+1 555 0101",
      phones_2_type: 'text',
    },
  })
  expect(byId.get(day)).toMatchObject({ status: 'defunct', replaced_by: night })
  for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
})

test('HSDS keeps its own words, and what it has none for beside them', async () => {
  const { contents, total_items: count } = JSON.parse(await exchange.exportResources(payload, 'hsds', 'en'))
  expect(count).toBe(3)
  expect(contents.find(({ id }: { id: string }) => id === night)).toMatchObject({
    ...{ fees_description: 'Free', eligibility_description: 'All', assured_date: '2026-04-01', status: 'active' },
    organization: { name: everything.organization },
    phones: [{ number: '555 0100', description: 'Press 1', languages: [{ code: 'en' }] }, { type: 'text' }],
    _signpost: { kind: 'helpline', slug: 'night-line', verifyEveryDays: 90 },
  })
})

describe('an import', () => {
  test('tells in a dry run what would happen, and writes nothing', async () => {
    const before = await payload.count({ collection: 'resources' })
    const text = csvOf(
      'id,slug,kind,name,description,minimum_age,colour',
      `${night},night-line,helpline,Nightline,${'"Somebody to talk to, ""always""."'},18,red`,
      `${formula},sum,website,'=SUM(1),"''-1, +2 and\t@x",,red`,
      ',,support-group,Circle,People like you.,,red',
    )
    const report = await take(text, { isDryRun: true })
    expect(report).toMatchObject({ isWritten: false, ignored: ['colour'] })
    expect(outcomes(report)).toEqual(['changed', 'unchanged', 'new'])
    expect(report.resources[0]).toMatchObject({
      ...{ place: 'row 2', differences: [{ field: 'name', before: 'Night Line', after: 'Nightline' }] },
    })
    expect(await payload.count({ collection: 'resources' })).toEqual(before)
    expect((await found(night)).name).toBe('Night Line')
  })

  test('names what is invalid and why, and writes nothing unless it is told to', async () => {
    await speakSpanish()
    const text = csvOf(
      'id,slug,kind,name,status,minimum_age,url,verify_every_days,phones_1_number,phones_1_type,phones_1_hours',
      `${night},night-line,helpline,Nightline,active,18,https://example.org/,90,555 0100,voice,All night`,
      `${day},day-line,castle,Day Line,defunct,,,180`,
      `${formula},sum,website,Sum,active,many,ftp://x,180`,
      ',no-words,service,No Words,active,,,180',
      `${night},night-line,helpline,Twice,active,18,https://example.org/,90`,
    )
    const report = await take(text)
    expect(report.isWritten).toBe(false)
    expect(outcomes(report)).toEqual(['changed', 'invalid', 'invalid', 'invalid', 'invalid'])
    const reasons = report.resources.map(({ reasons }) => reasons.join(' '))
    expect(reasons[1]).toContain('kind:')
    expect(reasons[2]).toMatch(/minimum_age: “many” is no number.*url:/)
    expect(reasons[3]).toContain('description:')
    expect(reasons[4]).toContain('same resource as row 2')
    expect((await found(night)).name).toBe('Night Line')
    expect((await take(text, { skipInvalid: true })).isWritten).toBe(true)
    expect((await found(night)).name).toBe('Nightline')
    expect((await found(night, 'es')).phones?.[0]?.hours).toBe('De noche')
  })

  test('meets what every door meets, each refusal with its reason', async () => {
    const call = { heading: 'Call', label: 'Call', resource: night }
    await payload.create({ collection: 'calls-to-action', data: call as never })
    const text = csvOf(
      'id,slug,status,name',
      `${night},night-line,inactive,Night Line`,
      `${formula},night-line,active,Sum`,
      `${day},day-line,defunct,Day Line!`,
    )
    for (const isDryRun of [true, false]) {
      const report = await take(text, { isDryRun })
      expect(outcomes(report)).toEqual(['invalid', 'invalid', 'changed'])
      expect(report.resources[0]?.reasons).toEqual([expect.stringContaining('call to action “Call”')])
      expect(report.resources[1]?.reasons).toEqual([expect.stringContaining('slug')])
      expect(report.isWritten).toBe(false)
    }
    expect((await found(day)).name).toBe('Day Line')
  })

  test('takes the services of another directory, the same ones each time', async () => {
    const text = JSON.stringify([
      {
        ...{ id: 'svc-17', name: 'Clinic', description: 'Walk in.', status: 'active' },
        organization: { id: 'o1', name: 'City' },
        phones: [{ id: 'p1', number: '555 0177', extension: 12, type: 'voice' }],
        service_at_locations: [
          { location: { addresses: [{ address_1: '2 High Street', city: 'Leeds', postal_code: 'LS1' }] } },
        ],
        languages: [{ name: 'English', code: 'en' }],
      },
    ])
    const [first] = (await take(text, { format: 'hsds' })).resources
    expect(first).toMatchObject({ outcome: 'new', reasons: [] })
    expect(await found(first!.uid)).toMatchObject({
      ...{ kind: 'service', organization: 'City', address: '2 High Street, Leeds, LS1', languages: ['en'] },
      phones: [{ number: '555 0177', extension: '12' }],
    })
    expect(outcomes(await take(text, { format: 'hsds' }))).toEqual(['unchanged'])
  })

  test.each([
    ['csv', 'a,b\n1,2', 'names no column'],
    ['csv', 'id,name\n"1,2', 'no CSV'],
    ['hsds', '{', 'no JSON'],
    ['hsds', '{"a": 1}', 'no HSDS services'],
    ['csv', `id\n${'x\n'.repeat(1001)}`, 'more than 1000'],
    ['csv', 'x'.repeat(5 * 1024 * 1024 + 1), 'larger than 5 MB'],
  ] as const)('of what is no %s file is refused', async (format, text, why) => {
    await expect(take(text, { format })).rejects.toMatchObject({ status: 422, message: expect.stringContaining(why) })
  })
})

describe('over REST', () => {
  test.each([
    ['editor', 200, 200],
    ['reviewer', 200, 403],
    ['newsletter-manager', 200, 403],
    ['nobody', 403, 403],
  ] as const)('%s', async (role, out, into) => {
    const row = (await rowFor('users')) as { email: string; password: string }
    if (role !== 'nobody') await payload.create({ collection: 'users', data: { ...row, roles: [role] } as never })
    const token = role === 'nobody' ? '' : (await payload.login({ collection: 'users', data: row })).token
    const ask = (init: RequestInit, query: string) => {
      const headers = {
        'Content-Type': 'text/plain',
        ...(token ? { Authorization: `JWT ${token}` } : {}),
        ...init.headers,
      }
      const request = new Request(`http://localhost:3000/api/resources/exchange?${query}`, { ...init, headers })
      return handleEndpoints({ config: payload.config, request })
    }
    const file = await ask({}, 'format=csv&locale=en')
    expect(file.status).toBe(out)
    const body = csvOf('id,name', `${day},By ${role}`)
    const length = { 'Content-Length': String(body.length) }
    const answer = await ask({ method: 'POST', body, headers: length }, 'format=csv')
    expect(answer.status).toBe(into)
    expect((await found(day)).name === `By ${role}`).toBe(into === 200)
    if (into !== 200) return
    expect(await answer.json()).toMatchObject({ isWritten: true, resources: [{ outcome: 'changed' }] })
    expect((await ask({ method: 'POST', body, headers: length }, 'format=xml')).status).toBe(400)
    expect((await ask({ method: 'POST', body, headers: { 'Content-Length': '9999999' } }, 'format=csv')).status).toBe(
      413,
    )
  })
})

test('the command exports, tells in a dry run, and imports', async () => {
  const file = `${cms.dataDir}/resources.csv`
  const run = async (...argv: string[]) => {
    const said: string[] = []
    const print = (line: string) => void said.push(line)
    return { code: await runCommand(commands, argv, {}, { print, tell: print }), said }
  }
  expect((await run('resources', 'export', file)).code).toBe(0)
  const { code, said } = await run('resources', 'import', file, '--dry-run', '--json')
  expect(code).toBe(0)
  const report = JSON.parse(said[0]!) as Exchange.ImportReport
  expect(new Set(outcomes(report))).toEqual(new Set(['unchanged']))
  expect((await run('resources', 'import', file)).said.at(-1)).toMatch(
    /^0 new, 0 changed, \d+ unchanged, 0 invalid\. Written/,
  )
  expect((await run('resources', 'import', `${file}.none`)).code).toBe(2)
})

test('lists are led to what is due and overdue, what waits longest first', async () => {
  for (const [name, assuredDate] of [
    ['Late', '2026-01-01'],
    ['Soon', '2026-01-20'],
    ['Fresh', '2026-04-30'],
    ['Never', undefined],
  ])
    await payload.create({
      collection: 'resources',
      data: {
        name,
        assuredDate,
        kind: 'service',
        description: 'It is.',
        organization: 'Due',
        verifyEveryDays: 110,
      } as never,
    })
  const namesIn = async ({ where, sort }: Lists.DueFilter) => {
    const own = { and: [where, { organization: { equals: 'Due' } }] }
    return (await payload.find({ collection: 'resources', where: own, sort })).docs.map(({ name }) => name)
  }
  const [overdue, due] = lists.dueFiltersOf(payload, 'resources')
  expect(await namesIn(overdue!)).toEqual(['Never', 'Late'])
  expect(await namesIn(due!)).toEqual(['Soon'])
  const address = new URL(lists.addressOf('http://x/list', due!))
  expect(address.searchParams.get('where[or][0][and][0][status][equals]')).toBe('active')
  const [late] = lists.dueFiltersOf(payload, 'articles')
  expect(await lists.countDue(payload, 'articles', [late!])).toEqual([0])
})
