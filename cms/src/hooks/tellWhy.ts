import type { APIError, Config } from 'payload'

type AfterError = NonNullable<NonNullable<Config['hooks']>['afterError']>[number]

/**
 * Tell who asked why they were refused, with the data that programs read. Payload knows its own errors by their class, of
 * which the build of the admin holds two copies, and by its name, which the build takes away: ours came out as unknown.
 */
export const tellWhy: AfterError = ({ error }) => {
  const { data, isPublic, message, name } = error as Partial<APIError>
  if (!isPublic || !message) return
  return { response: { errors: [data ? { name, data, message } : { message }] } }
}
