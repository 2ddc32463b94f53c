import { dayOf, type Instant } from '../../src/domain/time/instant.ts'

/** Slots with the days that they belong to in UTC. */
export const onTheirDays = (slots: readonly Instant[]) => slots.map(at => ({ day: dayOf(at), at }))
