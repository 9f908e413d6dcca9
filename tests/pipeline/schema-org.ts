import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import jsonld from 'jsonld'

/*
 * schema.org as the package schema-dts has it, which is written from the published vocabulary: types, what they extend,
 * their properties, and of what type the values may be.
 */

const source = readFileSync(
  createRequire(import.meta.url)
    .resolve('schema-dts')
    .replace(/\.js$/, '.d.ts'),
  'utf8',
)

type Interface = { bases: string[]; properties: Map<string, string[]>; type: string | undefined }
const interfaces = new Map(
  [...source.matchAll(/^(?:export )?interface (\w+) extends ([^{]+)\{([\s\S]*?)^\}/gm)].map(
    ([, name, bases, body]): [string, Interface] => [
      name!,
      {
        bases: [...bases!.matchAll(/\w+/g)].map(([base]) => base),
        properties: new Map(
          [...body!.matchAll(/^ {4}"(\w+)"\?: SchemaValue<(.*), "\w+">;/gm)].map(([, property, range]) => [
            property!,
            range!.split(' | '),
          ]),
        ),
        type: /"@type": "(\w+)"/.exec(body!)?.[1],
      },
    ],
  ),
)
const unions = new Map(
  [...source.matchAll(/^export type (\w+) = (.*);$/gm)].map(([, name, union]) => [name!, union!.split(' | ')]),
)

const leaves = new Map([...interfaces].flatMap(([name, { type }]) => (type ? [[type, name] as const] : [])))
const isKnown = (type: string): boolean => leaves.has(type)

/** The properties of a type, inherited ones among them, with the names of the types their values may have. */
function propertiesOf(name: string): Map<string, string[]> {
  const { bases = [], properties = [] } = interfaces.get(name) ?? {}
  return new Map([...bases.flatMap((base) => [...propertiesOf(base)]), ...properties])
}

/** Everything a name in a range stands for: types, and `string`, `number`, `boolean`. */
function meanings(range: string[], seen = new Set<string>()): Set<string> {
  for (const name of range) {
    if (seen.has(name)) continue
    seen.add(name)
    const type = interfaces.get(name)?.type
    if (type) seen.add(type)
    meanings(unions.get(name) ?? [], seen)
  }
  return seen
}

const address = 'https://schema.org/'
const names = new Set([
  ...leaves.keys(),
  ...[...interfaces.values()].flatMap(({ properties }) => [...properties.keys()]),
])
const context = { '@context': Object.fromEntries([...names].map((name) => [name, address + name])) }

/**
 * Expands JSON-LD with a processor, which refuses every term schema.org does not have, and says what the vocabulary has
 * against it: types and properties that do not go together, and values of another type.
 */
export async function schemaOrgProblems(document: object): Promise<string[]> {
  const expanded = await jsonld.expand(
    document as jsonld.JsonLdDocument,
    {
      safe: true,
      documentLoader: async (url) => {
        if (!/^https?:\/\/schema\.org\/?$/.test(url)) throw new Error(`It asks for ${url}, which is not schema.org.`)
        return { document: context, documentUrl: url }
      },
    } as jsonld.Options.Expand,
  )
  return expanded.flatMap((node) => problemsOf(node as Node))
}

type Node = Record<string, unknown>
function problemsOf(node: Node): string[] {
  const [type] = (node['@type'] as string[] | undefined) ?? []
  const name = type?.slice(address.length) ?? ''
  if (!isKnown(name)) return [`${JSON.stringify(node['@id'] ?? node)} has no type of schema.org`]
  const known = propertiesOf(leaves.get(name)!)
  return Object.entries(node)
    .filter(([property]) => !property.startsWith('@'))
    .flatMap(([iri, values]) => {
      const property = iri.slice(address.length)
      const range = known.get(property)
      if (!range) return [`${name} has no ${property}`]
      const allowed = meanings(range)
      return (values as Node[]).flatMap((value) => valueProblems(value, allowed, `${name}.${property}`))
    })
}

function valueProblems(value: Node, allowed: Set<string>, where: string): string[] {
  if ('@value' in value) {
    const type = typeof value['@value']
    return allowed.has(type) ? [] : [`${where} cannot be a ${type}`]
  }
  const [type] = (value['@type'] as string[] | undefined) ?? []
  const name = type?.slice(address.length)
  const inside = problemsOf(value)
  return name && !allowed.has(name) ? [`${where} cannot be a ${name}`, ...inside] : inside
}
