import type { OpeningHours } from 'content-schemas'

/**
 * Whether something is open at an instant, by the clock of its own time zone. Undefined where that cannot be told: its
 * zone is one this browser does not know.
 */
export function isOpenAt(hours: OpeningHours, instant: Date): boolean | undefined {
  if (hours.open === 'always') return true
  const now = clockIn(hours.timezone, instant)
  if (!now) return undefined
  return hours.times.some(({ byday, opensAt, closesAt }) => {
    const has = (day: string) => (byday as string[]).includes(day)
    if (opensAt < closesAt) return has(now.day) && opensAt <= now.time && now.time < closesAt
    // It closes on the day after.
    return (has(now.day) && opensAt <= now.time) || (has(dayBefore[now.day]!) && now.time < closesAt)
  })
}

const dayBefore: Record<string, string> = { MO: 'SU', TU: 'MO', WE: 'TU', TH: 'WE', FR: 'TH', SA: 'FR', SU: 'SA' }

/** What the clocks and calendars of a time zone show, daylight saving included. */
function clockIn(timeZone: string, instant: Date): { day: string; time: string } | undefined {
  const format = { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  try {
    const parts = new Intl.DateTimeFormat('en-US', format).formatToParts(instant)
    const of = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? ''
    return { day: of('weekday').slice(0, 2).toUpperCase(), time: `${of('hour')}:${of('minute')}` }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
