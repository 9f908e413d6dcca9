import type { Endpoint } from 'payload'
import { allow, signedIn } from '../access/acting.ts'

const columns = ['at', 'act', 'by', 'user', 'kind', 'uid', 'locale', 'title', 'reason', 'contentHash', 'stamp'] as const
const batch = 1000

/** `GET /api/audit/export.csv`: the whole trail, oldest first, as CSV (RFC 4180). */
export const exportAudit: Endpoint = {
  path: '/export.csv',
  method: 'get',
  handler: async (req) => {
    allow('export-audit', signedIn(req))
    const lines = [columns.join(',')]
    for (let page = 1; ; page++) {
      const { docs, hasNextPage } = await req.payload.find({
        collection: 'audit',
        sort: ['at', 'id'],
        limit: batch,
        page,
        depth: 0,
        overrideAccess: true,
        req,
      })
      for (const row of docs) lines.push(columns.map((column) => cell(row[column])).join(','))
      if (!hasNextPage) break
    }
    return new Response(`${lines.join('\r\n')}\r\n`, {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="audit.csv"',
        'Cache-Control': 'no-store',
      },
    })
  },
}

/** Spreadsheets run a cell that starts like a formula: an apostrophe makes it text. */
function cell(value: unknown): string {
  const text = String(value ?? '')
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}
