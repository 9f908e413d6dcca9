import { Locale } from 'content-schemas'
import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { signedIn } from '../access/acting.ts'
import { type Actor, collectionRoles, hasRole, type Operation } from '../access/roles.ts'
import { exchangeFormats, exportResources, importResources, sizeLimit } from '../publishing/exchange/resources.ts'

const Format = z.enum(exchangeFormats)
const mediaTypes = { csv: 'text/csv; charset=utf-8', hsds: 'application/json; charset=utf-8' } as const

/** `GET /api/resources/exchange?format=csv|hsds&locale=en`: all resources in one language, as a file. */
export const exportFile: Endpoint = {
  path: '/exchange',
  method: 'get',
  handler: async (req) => {
    demand(req, 'read')
    const { format, locale } = asked(req)
    const file = await exportResources(req.payload, format, locale)
    const name = `resources.${locale}.${format === 'csv' ? 'csv' : 'json'}`
    return new Response(file, {
      headers: {
        'Content-Type': mediaTypes[format],
        'Content-Disposition': `attachment; filename="${name}"`,
        'Cache-Control': 'no-store',
      },
    })
  },
}

/**
 * `POST /api/resources/exchange?format=csv|hsds&locale=en`: takes the file in the body. `dryRun=true` tells what would
 * happen and writes nothing; `skipInvalid=true` writes what is valid although something else is not.
 */
export const importFile: Endpoint = {
  path: '/exchange',
  method: 'post',
  handler: async (req) => {
    demand(req, 'create')
    demand(req, 'update')
    const { format, locale } = asked(req)
    const [isDryRun, skipInvalid] = [req.query.dryRun === 'true', req.query.skipInvalid === 'true']
    if (!(Number(req.headers.get('content-length')) <= sizeLimit))
      throw new APIError(`A file has at most ${sizeLimit / 1024 / 1024} MB, and says how long it is.`, 413, null, true)
    const text = (await req.text?.()) ?? ''
    const options = { format, locale, isDryRun, skipInvalid, acting: signedIn(req) }
    return Response.json(await importResources(req.payload, text, options))
  },
}

function demand(req: PayloadRequest, operation: Operation): void {
  const { user } = signedIn(req)
  const allowed = collectionRoles.resources[operation]
  if (hasRole(user as Actor, allowed)) return
  throw new APIError(`Your role does not allow this: it is for ${allowed.join(' or ')}.`, 403, null, true)
}

function asked({ query }: PayloadRequest): { format: z.infer<typeof Format>; locale: Locale } {
  const [format, locale] = [Format.safeParse(query.format), Locale.safeParse(query.locale ?? 'en')]
  if (format.data && locale.data) return { format: format.data, locale: locale.data }
  throw new APIError('Say `format=csv` or `format=hsds`, and `locale` en, es or ar.', 400, null, true)
}
