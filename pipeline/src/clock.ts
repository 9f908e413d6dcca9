/** Where time comes from. Injected, so that a test can hold it still and a state can be asked of any day. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }
/** A clock that stands still at the moment given, RFC 3339. */
export const clockAt = (moment: string): Clock => ({ now: () => new Date(moment) })
/** The calendar day in UTC, `YYYY-MM-DD`. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)
