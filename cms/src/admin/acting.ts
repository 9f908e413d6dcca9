import { post } from './post.ts'

/** Sends an act to the server. Undefined when it was done, else what stands against it, in a sentence. */
export const sendAct = async (address: string, body: object = {}): Promise<string | undefined> =>
  (await post(address, body, 'This could not be done. Try again.')).refused

/** The answers of named inputs inside an element; undefined while one of them is not filled in as it has to be. */
export function answersIn(element: HTMLElement | null): Record<string, string> | undefined {
  const inputs = [...(element?.querySelectorAll<HTMLInputElement>('[name]') ?? [])]
  if (!inputs.every((input) => input.reportValidity())) return undefined
  return Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]))
}
