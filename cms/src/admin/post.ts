/** What an endpoint of ours answered, or why it refused: the sentence, and the data for programs. */
export type Posted<T> = { done: T; refused?: undefined } | { refused: string; data: Record<string, unknown> }

/**
 * Asks an endpoint of ours to do something, in the name of who is signed in. `body` is sent as it is if it is a text or a
 * form, else as JSON; `otherwise` is said where the endpoint gives no reason.
 */
export async function post<T>(
  address: string,
  body?: object | string,
  otherwise = 'That did not work. Try again.',
): Promise<Posted<T>> {
  try {
    const response = await fetch(address, { method: 'POST', credentials: 'include', ...contentOf(body) })
    const answer = (await response.json()) as { errors?: Refusal[] }
    if (response.ok) return { done: answer as T }
    const [refusal] = answer.errors ?? []
    return { refused: refusal?.message ?? otherwise, data: refusal?.data ?? {} }
  } catch {
    return { refused: 'The server did not answer. Try again.', data: {} }
  }
}
type Refusal = { message: string; data?: Record<string, unknown> }

function contentOf(body: object | string | undefined): RequestInit {
  if (body === undefined || body instanceof FormData) return body ? { body } : {}
  if (typeof body === 'string') return { headers: { 'Content-Type': 'text/plain' }, body }
  return { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}
