import type { Payload } from 'payload'
import { type Clock, systemClock } from 'pipeline/clock.ts'

/** The clock of an installation: `custom.clock` of its Payload config, which tests hold still; else the system's. */
export const clockOf = (payload: Payload): Clock => (payload.config.custom?.clock as Clock | undefined) ?? systemClock
