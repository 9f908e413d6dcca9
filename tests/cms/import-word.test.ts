import type { ImportAnswer } from 'cms/src/endpoints/importFiles.ts'
import { handleEndpoints } from 'payload'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wordDocument, zipBomb } from '../pipeline/word-files.ts'
import { type Installation, install } from './installation.ts'

/* Word and Markdown files, from the admin. */

let cms: Installation
const tokens: Record<string, string> = {}
let word: Buffer
beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00.000Z')
  word = await wordDocument()
  for (const role of ['editor', 'reviewer'] as const) {
    const account = { email: `${role}@example.org`, password: 'a long enough password' }
    await cms.payload.create({ collection: 'users', data: { ...account, name: `The ${role}`, roles: [role] } })
    tokens[role] = (await cms.payload.login({ collection: 'users', data: account })).token!
  }
})
afterAll(() => cms?.remove())

async function upload(files: [string, Buffer | string][], { save = false, as = 'editor', locale = 'es' } = {}) {
  const body = new FormData()
  for (const [name, content] of files) body.append('files', new Blob([content as BlobPart]), name)
  body.append('locale', locale)
  body.append('save', String(save))
  const response = await handleEndpoints({
    config: cms.payload.config,
    request: new Request('http://localhost:3000/api/articles/import', {
      method: 'POST',
      headers: { Authorization: `JWT ${tokens[as]}` },
      body,
    }),
  })
  return { status: response.status, json: (await response.json()) as ImportAnswer }
}
const count = async (collection: 'articles' | 'media') => (await cms.payload.count({ collection })).totalDocs

describe('files of the admin', () => {
  const markdown = '---\ntitle: Dormir bien\nmood: calm\n---\n\nAcuéstese a la misma hora.\n'

  test('are told about before anything is saved', async () => {
    const { status, json } = await upload([
      ['Sleep.docx', word],
      ['dormir.md', markdown],
      ['old.doc', 'x'],
      ['bomb.docx', zipBomb(64 * 1024 * 1024)],
    ])
    expect(status).toBe(200)
    expect(json.isSaved).toBe(false)
    expect(json.files.map(({ name, outcome, became }) => [name, outcome, became?.title])).toEqual([
      ['Sleep.docx', 'created', 'Getting through the night'],
      ['dormir.md', 'created', 'Dormir bien'],
      ['old.doc', 'refused', undefined],
      ['bomb.docx', 'refused', undefined],
    ])
    expect(json.files[0]!.messages.map(({ rule }) => rule)).toContain('alternative-text')
    expect([await count('articles'), await count('media')]).toEqual([0, 0])
  })

  test('become drafts in the chosen language, of whoever imported them, with their pictures', async () => {
    const { json } = await upload(
      [
        ['Sleep.docx', word],
        ['dormir.md', markdown],
      ],
      { save: true },
    )
    const [sleep, dormir] = json.files
    const row = await cms.payload.findByID({ collection: 'articles', id: sleep!.became!.id, draft: true, depth: 0 })
    expect(row).toMatchObject({
      locale: 'es',
      _status: 'draft',
      title: 'Getting through the night',
      savedBy: 'The editor',
    })
    const { docs } = await cms.payload.find({ collection: 'media', sort: 'filename', locale: 'es' })
    expect(docs.map(({ alt }) => alt)).toEqual(['A moon over a bed', '[[¿Qué muestra la imagen?]]'])
    for (const { id } of docs) expect(JSON.stringify(row.body)).toContain(id)
    const other = await cms.payload.findByID({ collection: 'articles', id: dormir!.became!.id, draft: true, depth: 0 })
    expect(other).toMatchObject({ locale: 'es', title: 'Dormir bien', importNotes: 'mood: calm' })
  })

  test('are refused publication while a picture is not described', async () => {
    const { docs } = await cms.payload.find({
      collection: 'articles',
      draft: true,
      where: { slug: { contains: 'night' } },
    })
    const { createLocalReq } = await import('payload')
    const { examine } = await import('cms/src/publishing/gate.ts')
    const { messages } = await examine(await createLocalReq({}, cms.payload), 'articles', docs[0] as never)
    expect(messages.filter(({ rule }) => rule === 'alternative-text')).toHaveLength(1)
  })

  test('of a name that came before become new articles: no draft is replaced in silence', async () => {
    const before = await count('articles')
    await upload([['dormir.md', markdown]], { save: true })
    expect(await count('articles')).toBe(before + 1)
  })

  test('are not for those who do not write', async () => {
    expect((await upload([['a.md', 'A']], { as: 'reviewer' })).status).toBe(403)
  })

  test('are limited in number', async () => {
    const many = Array.from({ length: 31 }, (_, index): [string, string] => [`${index}.md`, 'A'])
    expect((await upload(many)).status).toBe(413)
  })
})
