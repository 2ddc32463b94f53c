import type { AttributeValue } from '../../domain/accounts/account.ts'
import { DAY, type Day, HOUR, type Instant, startOfDay } from '../../domain/time/instant.ts'
import { type Course, DEMO_DAYS } from '../course.ts'

/** One made-up account whose data tell something that a score must understand. */
export type Story = {
  readonly id: string
  readonly name: string
  readonly preset: string
  readonly segment: string
  /** What its CSM would say. */
  readonly says: string
  /** A value, or values `[days ago, value]` in order of time. */
  readonly attributes?: Readonly<Record<string, string | readonly (readonly [daysAgo: number, value: string])[]>>
  /** Days until it renews. */
  readonly renewsIn?: number
  readonly course: Course
}

/** The scheduled scoring of a day. */
export function morningOf(day: Day): Instant {
  const start = startOfDay(day)
  if (start === undefined) throw new Error(`"${day}" is not a valid day`)
  return start + 6 * HOUR
}

/** The story's attributes with their history, as of a last morning. */
export function attributeHistory({ segment, attributes = {} }: Story, morning: Instant): Map<string, AttributeValue[]> {
  const entries = Object.entries({ segment, ...attributes })
  return new Map(
    entries.map(([name, values]) => [
      name,
      (typeof values === 'string' ? ([[DEMO_DAYS, values]] as const) : values).map(([daysAgo, value]) => ({
        from: morning - daysAgo * DAY,
        value,
      })),
    ]),
  )
}
