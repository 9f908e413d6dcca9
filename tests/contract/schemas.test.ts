import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { jsonSchemas, schemaNamed, schemaNames } from 'content-schemas'
import { describe, expect, test } from 'vitest'

const folder = new URL('../../content-schemas/', import.meta.url)
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'))

const validators = () => {
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false })
  addFormats.default(ajv)
  return ajv
}

describe.each(schemaNames)('%s', (name) => {
  test('the committed JSON Schema is current', () => {
    expect(read(`schemas/${name}.schema.json`), 'Run `npm run schemas` and commit what it writes.').toEqual(
      jsonSchemas()[name],
    )
  })

  test('every field is described', () => {
    expect(undescribed(jsonSchemas()[name] as Schema)).toEqual([])
  })

  test('the examples satisfy the Zod schema and the JSON Schema', () => {
    const examples = new URL(`examples/${name}/`, folder)
    const files = existsSync(examples) ? readdirSync(examples) : []
    expect(files.length, `content-schemas/examples/${name}/ holds no example`).toBeGreaterThan(0)
    const validate = validators().compile(read(`schemas/${name}.schema.json`) as object)
    for (const file of files) {
      const example = read(`examples/${name}/${file}`)
      expect(schemaNamed(name).parse(example), file).toEqual(example)
      expect(validate(example), `${file}: ${JSON.stringify(validate.errors)}`).toBe(true)
    }
  })

  test('neither accepts an example with a field of the wrong type', () => {
    const examples = new URL(`examples/${name}/`, folder)
    const [file] = readdirSync(examples)
    const example = read(`examples/${name}/${file}`) as Record<string, unknown>
    const [key] = Object.keys(example)
    const broken = { ...example, [key as string]: { not: 'expected' } }
    expect(schemaNamed(name).safeParse(broken).success).toBe(false)
    expect(validators().compile(read(`schemas/${name}.schema.json`) as object)(broken)).toBe(false)
  })
})

type Schema = {
  description?: string
  $ref?: string
  properties?: Record<string, Schema>
  $defs?: Record<string, Schema>
} & Record<string, unknown>

/** Pointers to properties that neither describe themselves nor refer to a definition that does. */
function undescribed(schema: Schema, definitions = schema.$defs ?? {}, pointer = ''): string[] {
  const found: string[] = []
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const definition = property.$ref ? definitions[property.$ref.replace('#/$defs/', '')] : undefined
    const inside = ((property.anyOf as Schema[] | undefined) ?? []).some((choice) => choice.description || choice.$ref)
    if (!property.description && !definition?.description && !inside) found.push(`${pointer}/${name}`)
  }
  for (const [key, value] of Object.entries(schema))
    if (value && typeof value === 'object' && key !== 'description')
      found.push(...undescribed(value as Schema, definitions, `${pointer}/${key}`))
  return found
}
