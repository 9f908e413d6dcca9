import type { Clock } from 'pipeline/clock.ts'
import type { ClaimStore } from './claims.ts'

/** Opens the claims of a database by its address, and makes their tables where they are missing. */
export async function openClaims(databaseUrl: string, clock: Clock): Promise<ClaimStore> {
  // Each driver is loaded only where it is used: the sender starts sooner.
  if (databaseUrl.startsWith('mongodb')) return (await import('./mongodb.ts')).openMongoClaims(databaseUrl, clock)
  return (await import('./sqlite.ts')).openSqliteClaims(databaseUrl, clock)
}
