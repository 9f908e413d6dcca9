import { STATUS_CODES } from 'node:http'

/** A problem document (RFC 9457). */
export const problemBody = (status: number, detail: string): string =>
  `${JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail })}\n`

export const problemType = 'application/problem+json'
