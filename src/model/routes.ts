import { Cron } from 'croner'
import { z } from 'zod'
import { ALERT_KINDS } from '../domain/alert-kind.ts'
import { foldEmail } from '../domain/person.ts'
import { condition } from './condition-schema.ts'
import { day, destination, duration, timeZone } from './fields.ts'
import { refuse } from './finding.ts'

/** Five fields of cron that do come round some day. */
export const cronPattern = z.string().superRefine((pattern, context) => {
  const remedy = 'Write five fields: minute, hour, day, month, weekday, such as "0 9 * * 1-5".'
  if (pattern.trim().split(/\s+/).length !== 5) return refuse(context, `"${pattern}" is no schedule.`, remedy)
  try {
    if (new Cron(pattern, { paused: true, timezone: 'UTC' }).nextRun() !== null) return
    refuse(context, `"${pattern}" never comes round.`, 'Name a date that exists.')
  } catch {
    refuse(context, `"${pattern}" is no schedule.`, remedy)
  }
})

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day such as 09:00')
const target = z.string().superRefine((to, context) => {
  if (['owner', 'manager'].includes(to) || destination.safeParse(to).success) return
  refuse(context, `"${to}" is nowhere to post.`, 'Write owner, manager, or platform:channel such as slack:C01GEN.')
})
const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])

/** Where alerts go, who escalates, when people work. */
export const routesSchema = z.strictObject({
  business_hours: z
    .strictObject({
      days: z
        .array(weekday)
        .min(1, 'Name at least one day on which people work')
        .default(['mon', 'tue', 'wed', 'thu', 'fri']),
      from: time.default('09:00'),
      to: time.default('18:00'),
      holidays: z.array(day).default([]),
    })
    .superRefine(({ from, to }, context) => {
      if (from < to) return
      refuse(context, `Work from ${from} to ${to} ends before it begins.`, 'Write a later time.', ['to'])
    })
    .prefault({}),
  scoring: z
    .strictObject({ schedule: cronPattern.default('0 6 * * *'), time_zone: timeZone.default('UTC') })
    .prefault({}),
  admins: z.array(z.email().transform(foldEmail)).default([]),
  routes: z
    .array(
      z.strictObject({
        when: condition.optional(),
        alerts: z.array(z.enum(ALERT_KINDS)).optional(),
        to: z.array(target).min(1),
        ladder: z.array(z.strictObject({ after: duration, to: target })).default([]),
      }),
    )
    .default([]),
  storm: z
    .strictObject({ alerts: z.int().positive().default(20), share: z.number().positive().max(1).default(0.1) })
    .prefault({}),
  pulse_cadence: z.union([z.literal('off'), duration]).prefault('30d'),
})

export type Routes = z.infer<typeof routesSchema>
