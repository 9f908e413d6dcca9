import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { hsdsSchemas } from '../needs.ts'

/** What the schemas of HSDS 3.0 say against a service. */
export function hsdsErrors(): (service: unknown) => unknown[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  for (const file of readdirSync(hsdsSchemas).filter((name) => name.endsWith('.json') && name !== 'openapi.json'))
    ajv.addSchema(JSON.parse(readFileSync(join(hsdsSchemas, file), 'utf8')), file)
  const validate = ajv.getSchema('service.json')
  if (!validate) throw new Error(`${hsdsSchemas} holds no service.json. Point HSDS_SCHEMAS to the folder \`schema\`.`)
  return (service) => {
    validate(service)
    return validate.errors ?? []
  }
}
