/** What an endpoint of ours answered, or why it refused: the sentence, and the data for programs. */
export type Posted<T> = { done: T } | { refused: string; data: Record<string, unknown> }

/** Asks an endpoint of ours to do something, in the name of who is signed in. */
export async function post<T>(address: string, body: object): Promise<Posted<T>> {
  const headers = { 'Content-Type': 'application/json' }
  try {
    const sent = { method: 'POST', credentials: 'include', headers, body: JSON.stringify(body) } as const
    const response = await fetch(address, sent)
    const answer = (await response.json()) as { errors?: Refusal[] }
    if (response.ok) return { done: answer as T }
    const [refusal] = answer.errors ?? []
    return { refused: refusal?.message ?? 'That did not work. Try again.', data: refusal?.data ?? {} }
  } catch {
    return { refused: 'The server did not answer. Try again.', data: {} }
  }
}
type Refusal = { message: string; data?: Record<string, unknown> }
