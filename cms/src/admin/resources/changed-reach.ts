/** One way to reach a resource, as it is saved and as the form has it; empty where it is not there. */
export type ReachChange = { was: string; is: string }

type Values = Record<string, unknown> | null | undefined

/** What the form of a resource changes of its numbers, its text number and its website, compared with what is saved. */
export function changedReachIn(saved: Values, form: Values): ReachChange[] {
  const [before, after] = [numbersIn(saved), numbersIn(form)]
  const numbers = Array.from({ length: Math.max(before.length, after.length) }, (_, index) => ({
    was: before[index] ?? '',
    is: after[index] ?? '',
  }))
  const words = ['text', 'url'].map((name) => ({ was: wordIn(saved?.[name]), is: wordIn(form?.[name]) }))
  return [...numbers, ...words].filter(({ was, is }) => was !== is)
}

const numbersIn = (values: Values): string[] =>
  Array.isArray(values?.phones) ? values.phones.map((phone: Values) => wordIn(phone?.number)) : []

const wordIn = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
