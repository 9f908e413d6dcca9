import { APIError, Forbidden, type PayloadRequest } from 'payload'
import { type Actor, actRoles, type GuardedAct, mayAct } from './roles.ts'

/** Who acts: a name, which is written down, and the sign-in, which the roles are asked of. A process of ours has none. */
export type Acting = { by: string; user?: Actor }

/** Who makes a request. */
export function actingIn(req: PayloadRequest): Acting {
  const user = req.user as (NonNullable<Actor> & { name?: string; email?: string }) | null
  return user ? { by: user.name ?? user.email ?? user.id, user } : { by: 'Signpost' }
}

/** Refuses an act to a sign-in that has no role for it, and says whose it is. */
export function allow(act: GuardedAct, { user }: Acting): void {
  if (!user || mayAct(user, act)) return
  const whose = actRoles[act].join(' or ')
  throw new APIError(`Your role does not allow this: “${act}” is for ${whose}. Ask one of them.`, 403, null, true)
}

/** Who makes a request over HTTP. Refuses whoever is not signed in: nobody acts as a process of ours from outside. */
export function signedIn(req: PayloadRequest): Acting {
  if (!req.user) throw new Forbidden(req.t)
  return actingIn(req)
}
