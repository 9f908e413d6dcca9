import {
  APIError,
  type CollectionBeforeChangeHook,
  type CollectionBeforeDeleteHook,
  type CollectionBeforeLoginHook,
  type CollectionBeforeOperationHook,
  type PayloadRequest,
  ValidationError,
  type Where,
} from 'payload'

export const passwordLength = 12

/** Refuse a short password wherever one is set. */
export const refuseShortPassword: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  const password = (args as { data?: { password?: unknown } }).data?.password
  const isSet = ['create', 'update', 'resetPassword'].includes(operation)
  if (!isSet || typeof password !== 'string' || password.length >= passwordLength) return args
  throw new ValidationError({
    collection: 'users',
    errors: [
      {
        path: 'password',
        message: `A password has at least ${passwordLength} characters. Three or four words are easy to remember.`,
      },
    ],
    req,
  })
}

const lastAdmin = () =>
  new APIError('This is the only administrator. Make somebody else one first.', 409, undefined, true)

/** Somebody can always sign in and manage users. */
export const keepAnAdmin: CollectionBeforeChangeHook = async ({ data, originalDoc, operation, req }) => {
  const isDemoted = operation === 'update' && originalDoc.roles?.includes('admin') && !data.roles?.includes('admin')
  if (isDemoted && !(await hasOtherAdmin(originalDoc.id, req))) throw lastAdmin()
  return data
}
export const keepAnAdminOnDelete: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const user = await req.payload.findByID({ collection: 'users', id, depth: 0, req })
  if (user.roles?.includes('admin') && !(await hasOtherAdmin(String(id), req))) throw lastAdmin()
}

async function hasOtherAdmin(id: string, req: PayloadRequest): Promise<boolean> {
  const where: Where = { and: [{ roles: { in: ['admin'] } }, { id: { not_equals: id } }] }
  return (await req.payload.count({ collection: 'users', where, req })).totalDocs > 0
}

/** End the sessions of a user whose roles are changed: what was granted with them is asked anew. */
export const endSessions: CollectionBeforeChangeHook = ({ data, originalDoc, operation }) => {
  const [before, after] = [originalDoc?.roles ?? [], data.roles ?? originalDoc?.roles ?? []]
  const isSame = before.length === after.length && before.every((role: string) => after.includes(role))
  return operation === 'update' && !isSame ? { ...data, sessions: [] } : data
}

/** A key is for a program that has a name of its own, never for a person. */
export const keepKeysToMachines: CollectionBeforeChangeHook = ({ data, originalDoc }) => {
  const isMachine = data.machine ?? originalDoc?.machine
  if (isMachine || !(data.enableAPIKey || data.apiKey)) return data
  throw new APIError(
    'Only a program has an API key. Make a user of its own for it, and tick “A program, not a person”.',
    400,
    null,
    true,
  )
}

/** A program signs in with its key, never with a password. */
export const refuseMachines: CollectionBeforeLoginHook = ({ user }) => {
  if (user.machine) throw new APIError('This is a program. It signs in with its key.', 401, null, true)
  return user
}
