import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Validator } from '@seriousme/openapi-schema-validator'
import { openApi, parametersOf, routeOf, routes } from 'content-schemas'
import { expect, test } from 'vitest'

const document = openApi('https://guides.signpost.example')
const copy = (): typeof document => structuredClone(document)

const lint = async (value: object): Promise<string[]> => {
  // To the linter `/v1/objects/…` could be a language; the pattern of the parameter says that it cannot.
  const config = await createConfig({ extends: ['recommended'], rules: { 'no-ambiguous-paths': 'off' } })
  const problems = await lintFromString({ source: JSON.stringify(value), config })
  return problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)
}

test('it is OpenAPI 3.1 to a validator', async () => {
  const { valid, errors } = await new Validator().validate(copy())
  expect(errors ?? []).toEqual([])
  expect(valid).toBe(true)
})

test('a linter finds nothing to say', async () => {
  expect(await lint(document)).toEqual([])
})

test('both see what is wrong', async () => {
  const lost = JSON.parse(
    JSON.stringify(document).replaceAll('#/components/schemas/feed"', '#/components/schemas/fed"'),
  )
  expect(await lint(lost)).toContainEqual(expect.stringContaining('no-unresolved-refs'))
  const { valid } = await new Validator().validate({ ...copy(), paths: { 'no-slash': {} } })
  expect(valid).toBe(false)
})

test('every route is the one its own example belongs to', () => {
  for (const route of routes) {
    const example = parametersOf(route).reduce(
      (path, { name, example }) => path.replace(`{${name}}`, example),
      route.path,
    )
    expect(routeOf(example), example).toBe(route)
  }
})
