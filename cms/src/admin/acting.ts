/** Sends an act to the server. Undefined when it was done, else what stands against it, in a sentence. */
export async function sendAct(address: string, body: object = {}): Promise<string | undefined> {
  try {
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(address, {
      method: 'POST',
      credentials: 'include',
      headers,
      body: JSON.stringify(body),
    })
    if (response.ok) return undefined
    const { errors } = (await response.json()) as { errors?: { message: string }[] }
    return errors?.[0]?.message ?? 'This could not be done. Try again.'
  } catch {
    return 'The server did not answer. Try again.'
  }
}

/** The answers of named inputs inside an element; undefined while one of them is not filled in as it has to be. */
export function answersIn(element: HTMLElement | null): Record<string, string> | undefined {
  const inputs = [...(element?.querySelectorAll<HTMLInputElement>('[name]') ?? [])]
  if (!inputs.every((input) => input.reportValidity())) return undefined
  return Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]))
}
