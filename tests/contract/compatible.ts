/*
 * Whether a JSON Schema of v1 still keeps what an earlier one promised to those who read. Consumers rely on fields that
 * are there and on the types they have; a release keeps files of any age, so that types must not get narrower either.
 */

export type Schema = { [key: string]: unknown } & { $defs?: Record<string, Schema> }

/**
 * Every way in which `now` breaks what `before` promised, with the place and the reason; none when all that was done is to
 * add. `isFrozen` is for files that are never written again: a field added to them cannot be required.
 */
export function breaks(before: Schema, now: Schema, { isFrozen = false } = {}): string[] {
  return compare(before, now, { before, now, isFrozen, seen: new Set(), at: '' })
}

type Place = { before: Schema; now: Schema; isFrozen: boolean; seen: Set<string>; at: string }

function compare(before: Schema, now: Schema, place: Place): string[] {
  const pair = `${before.$ref ?? place.at} ${now.$ref ?? place.at}`
  if (before.$ref || now.$ref) {
    if (place.seen.has(pair)) return []
    place.seen.add(pair)
  }
  const [a, b] = [resolved(before, place.before), resolved(now, place.now)]
  return [
    ...typeBreaks(a, b, place),
    ...valueBreaks(a, b, place),
    ...boundBreaks(a, b, place),
    ...fieldBreaks(a, b, place),
    ...partBreaks(a, b, place),
    ...choiceBreaks(a, b, place),
  ]
}

function resolved(schema: Schema, root: Schema): Schema {
  const name = typeof schema.$ref === 'string' ? schema.$ref.replace('#/$defs/', '') : undefined
  if (name === undefined) return schema
  const definition = root.$defs?.[name]
  if (!definition) throw new Error(`${schema.$ref} leads nowhere. Write the schemas anew with \`npm run schemas\`.`)
  return resolved(definition, root)
}

const list = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])
const text = (value: unknown): string => JSON.stringify(value)
const missing = (from: unknown[], other: unknown[]): string[] => {
  const there = new Set(other.map(text))
  return from.map(text).filter((value) => !there.has(value))
}

function typeBreaks(before: Schema, now: Schema, { at }: Place): string[] {
  const [a, b] = [list(before.type), list(now.type)]
  return [
    ...missing(b, a).map((type) => `${at} may now be ${type}: consumers do not expect that`),
    ...missing(a, b).map((type) => `${at} may no longer be ${type}: older files of a release are`),
  ]
}

function valueBreaks(before: Schema, now: Schema, { at }: Place): string[] {
  const of = ({ enum: values, const: value }: Schema) => (values === undefined ? list(value) : list(values))
  return [
    ...missing(of(now), of(before)).map((value) => `${at} may now be ${value}: consumers know a closed list`),
    ...missing(of(before), of(now)).map((value) => `${at} may no longer be ${value}: older files of a release are`),
  ]
}

const lowerBounds = ['minLength', 'minItems', 'minimum', 'exclusiveMinimum', 'minProperties']
const upperBounds = ['maxLength', 'maxItems', 'maximum', 'exclusiveMaximum', 'maxProperties']

function boundBreaks(before: Schema, now: Schema, { at }: Place): string[] {
  const isTighter = (key: string, factor: 1 | -1) => {
    const [a, b] = [before[key], now[key]]
    return typeof b === 'number' && (typeof a !== 'number' || factor * b < factor * a)
  }
  const tighter = [
    ...upperBounds.filter((key) => isTighter(key, 1)),
    ...lowerBounds.filter((key) => isTighter(key, -1)),
  ]
  const other = ['pattern', 'format'].filter((key) => before[key] !== now[key])
  return [
    ...tighter.map((key) => `${at} has a tighter ${key}: older files of a release do not keep it`),
    ...other.map((key) => `${at} has another ${key}: what consumers do with it may fail`),
  ]
}

function fieldBreaks(before: Schema, now: Schema, place: Place): string[] {
  const [a, b] = [fields(before), fields(now)]
  const [required, stillRequired] = [list(before.required), list(now.required)]
  const under = (name: string): Place => ({ ...place, at: `${place.at}/${name}` })
  return [
    ...Object.keys(a)
      .filter((name) => !(name in b))
      .map((name) => `${under(name).at} is no longer there: consumers read it`),
    ...missing(required, stillRequired).map(
      (name) => `${place.at}/${JSON.parse(name)} may now be missing: consumers rely on it`,
    ),
    ...(place.isFrozen ? missing(stillRequired, required) : []).map(
      (name) => `${place.at}/${JSON.parse(name)} is required now: files that are never written again lack it`,
    ),
    ...Object.keys(a).flatMap((name) => (name in b ? compare(a[name]!, b[name]!, under(name)) : [])),
    ...(before.additionalProperties !== false && now.additionalProperties === false
      ? [`${place.at} is closed now: what is added later would be an error`]
      : []),
  ]
}
const fields = ({ properties = {} }: Schema) => properties as Record<string, Schema>

/** Items of lists and values of maps. */
function partBreaks(before: Schema, now: Schema, place: Place): string[] {
  return ['items', 'additionalProperties', 'propertyNames'].flatMap((key) => {
    const [a, b] = [before[key], now[key]]
    return isSchema(a) && isSchema(b) ? compare(a, b, { ...place, at: `${place.at}/*` }) : []
  })
}
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

/**
 * Each earlier choice has to have a choice that keeps it. A new one is a break, unless it names itself by a new `type` or
 * `kind`: those consumers pass over, as they are told to.
 */
function choiceBreaks(before: Schema, now: Schema, place: Place): string[] {
  const [a, b] = [choicesOf(before), choicesOf(now)]
  const nameOf = (choice: Schema, root: Schema) => {
    const { type, kind } = fields(resolved(choice, root))
    return text((type ?? kind)?.const ?? null)
  }
  const keeps = (old: Schema, choice: Schema) => compare(old, choice, { ...place, seen: new Set(place.seen) })
  const lost = a.flatMap((old) => {
    const name = nameOf(old, place.before)
    const candidates = b.filter((choice) => nameOf(choice, place.now) === name)
    const outcomes = candidates.map((choice) => keeps(old, choice))
    const best = outcomes.sort((x, y) => x.length - y.length)[0]
    return (
      best ?? [`${place.at} lost the choice ${name === 'null' ? text(old.type ?? old.$ref) : name}: consumers read it`]
    )
  })
  const added = b.filter((choice) => {
    const name = nameOf(choice, place.now)
    return name === 'null' && !a.some((old) => nameOf(old, place.before) === 'null' && keeps(old, choice).length === 0)
  })
  return [
    ...lost,
    ...added.map(
      (choice) => `${place.at} may now be ${text(choice.type ?? choice.$ref)} too: consumers do not expect that`,
    ),
  ]
}
const choicesOf = ({ anyOf, oneOf }: Schema): Schema[] => list(anyOf ?? oneOf) as Schema[]
