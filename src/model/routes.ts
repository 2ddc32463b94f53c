import { Cron } from 'croner'
import * as z from 'zod'
import { ALERT_KINDS } from '../domain/alerts/alert-kind.ts'
import type { Target } from '../domain/alerts/target.ts'
import { foldEmail } from '../domain/people/person.ts'
import { condition } from './schema/condition.ts'
import { crmLink } from './schema/crm-link.ts'
import { readDestination } from './schema/destination.ts'
import { age, day, destination, duration, timeZone } from './schema/fields.ts'
import { refuse } from './schema/finding.ts'

/** Five fields of cron that do come round some day. */
export const cronPattern = z.string().superRefine((pattern, context) => {
  const remedy = 'Write five fields: minute, hour, day, month, weekday, such as "0 9 * * 1-5".'
  if (pattern.trim().split(/\s+/).length !== 5) return refuse(context, `"${pattern}" is not a valid schedule.`, remedy)
  try {
    if (new Cron(pattern, { paused: true, timezone: 'UTC' }).nextRun() !== null) return
    refuse(context, `"${pattern}" never comes around.`, 'Name a date that exists.')
  } catch {
    refuse(context, `"${pattern}" is not a valid schedule.`, remedy)
  }
})

/** `24:00` ends a day. */
const endTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'Write a time of day such as 18:00')
/** One time of day, every day: verdicts settle once a day. */
const dailyPattern = z.string().superRefine((pattern, context) => {
  if (/^\s*[0-5]?\d\s+(?:[01]?\d|2[0-3])(?:\s+\*){3}\s*$/.test(pattern)) return
  const remedy = 'Write minute and hour, then three stars, such as "0 6 * * *".'
  refuse(context, `"${pattern}" is not one time of day: accounts are scored once a day.`, remedy)
})

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day such as 09:00')
const writtenTarget = z.string().superRefine((to, context) => {
  if (['owner', 'manager'].includes(to) || destination.safeParse(to).success) return
  refuse(context, `"${to}" is not a valid destination.`, 'Write owner, manager, or platform:channel.')
})
const target = writtenTarget.transform((to): Target => (to === 'owner' || to === 'manager' ? to : readDestination(to)))
const step = z.strictObject({ after: duration, to: target })

/** An account for which this is false is retired. */
const WRITTEN_CUSTOMERS = { not: { attribute: 'lifecycle', one_of: ['churned', 'closed'] } }

const webhook = z.strictObject({
  url: z.url({ protocol: /^https$/, error: 'Write an address that begins with https://' }),
  events: z.array(z.enum(['transition', 'alert', 'outcome'])).min(1),
  secret_env: z.string().min(1),
  allow_private: z.boolean().default(false),
})

const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])

/** Who counts as a customer, who may ask, where alerts go, who is next, when people work. */
export const routesSchema = z.strictObject({
  customers: condition.prefault(WRITTEN_CUSTOMERS),
  access: z.strictObject({ who: z.enum(['workspace', 'people']).default('workspace') }).prefault({}),
  business_hours: z
    .strictObject({
      days: z
        .array(weekday)
        .min(1, 'Name at least one day on which people work')
        .default(['mon', 'tue', 'wed', 'thu', 'fri']),
      from: time.default('09:00'),
      to: endTime.default('18:00'),
      holidays: z.array(day).default([]),
    })
    .superRefine(({ from, to }, context) => {
      if (from < to) return
      refuse(context, `Work from ${from} to ${to} ends before it begins.`, 'Write a later time.', ['to'])
    })
    .prefault({}),
  scoring: z
    .strictObject({ schedule: dailyPattern.default('0 6 * * *'), time_zone: timeZone.default('UTC') })
    .prefault({}),
  admins: z.array(z.email().transform(foldEmail)).default([]),
  routes: z
    .array(
      z.strictObject({
        when: condition.optional(),
        alerts: z.array(z.enum(ALERT_KINDS)).optional(),
        to: z.array(target).min(1),
        escalation: z.array(step).default([]),
      }),
    )
    .default([]),
  storm: z
    .strictObject({ alerts: z.int().positive().default(20), share: z.number().positive().max(1).default(0.1) })
    .prefault({}),
  your_five: z.strictObject({ accounts: z.int().min(1).max(20).default(5), at: time.default('08:30') }).optional(),
  /** One, or several. */
  crm_links: z.preprocess((links = []) => [links].flat(), z.array(crmLink).max(20)),
  keep: z
    .strictObject({
      signals: age.prefault('forever'),
      scores: age.prefault('forever'),
      comments: age.prefault('forever'),
      messages: age.prefault('forever'),
      audit: age.prefault('forever'),
    })
    .prefault({}),
  webhooks: z.array(webhook).default([]),
  pulse_cadence: z.union([z.literal('off'), duration]).prefault('30d'),
})

export type Routes = z.infer<typeof routesSchema>
