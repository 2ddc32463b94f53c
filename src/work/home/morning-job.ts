import type { Context } from '../../context.ts'
import { DEFAULTS } from '../../domain/delivery/choices.ts'
import type { Destination } from '../../domain/delivery/destination.ts'
import { foldEmail, type Person } from '../../domain/people/person.ts'
import { HOUR, type Instant } from '../../domain/time/instant.ts'
import { listOwners } from '../../store/accounts/owned-accounts.ts'
import { type Claim, underClaim } from '../../store/claims/claims.ts'
import { type HeldMessage, heldFor, markIncluded, peopleWithHeld } from '../../store/delivery/held-messages.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { choicesOf } from '../../store/people/choices.ts'
import { listPeople } from '../../store/people/people.ts'
import type { Db } from '../../store/tables.ts'
import { alertsIn } from '../../views/alerts/alerts-in.ts'
import type { Card } from '../../views/card.ts'
import { heldItem } from '../../views/home/held-item.ts'
import { morningCard } from '../../views/home/morning-card.ts'
import { directMessageOrNone } from '../alerts/alert-destinations.ts'
import { eachMorning } from '../schedule/each-morning.ts'
import { isolateFailures } from '../schedule/isolate-failures.ts'
import type { Job } from '../schedule/schedule.ts'
import { FIVE, fiveOf, medianOnce } from './five-of.ts'
import { newlyOverloaded, teamOf } from './overloaded.ts'
import { renewalsIn } from './renewals-in.ts'
import { shownFiveOf } from './shown-five.ts'

/** What the schedules of the mornings are called, before their time zone. */
export const MORNING = 'morning '

/** On the first working day of a week the morning names the renewals this near. */
const RENEWAL_DAYS = 30

/** One morning message for each person, at the same time of day in each of their time zones, on business days. */
export async function morningJobs(context: Context): Promise<Job[]> {
  const { connection, settings } = context
  const { your_five: wanted, business_hours: hours, scoring } = settings.routes
  const people = await listPeople(connection.db)
  const zoneOf = ({ timeZone }: Person) => timeZone ?? scoring.time_zone
  const zones = new Set([...people.map(zoneOf), scoring.time_zone])
  return [...zones].map(timeZone =>
    eachMorning(settings, { name: MORNING, timeZone }, async (slot, _isLate, claim) => {
      const here = people.filter(person => zoneOf(person) === timeZone).map(({ email }) => email)
      const unlisted = timeZone === scoring.time_zone ? await ownersNotAmong(connection.db, people) : []
      const medianArr = medianOnce(connection.db, slot)
      const isFirstOfWeek = weekdayIn(timeZone, slot) === hours.days[0]
      const greeting = { claim, timeZone, slot, people, medianArr, isFirstOfWeek }
      const waiting = await peopleWithHeld(connection.db)
      const readers = [...here, ...unlisted].filter(email => wanted !== undefined || waiting.has(email))
      const { attempt, endSlot } = isolateFailures()
      for (const email of readers) await attempt('a morning message', () => greet(context, { ...greeting, email }))
      context.wakeSender()
      endSlot(context.log)
      return undefined
    }),
  )
}

/** An owner of accounts who is in no people file gets it too. */
async function ownersNotAmong(db: Db, people: readonly Person[]): Promise<string[]> {
  const known = new Set(people.map(({ email }) => email))
  return (await listOwners(db)).filter(owner => !known.has(foldEmail(owner)))
}

function weekdayIn(timeZone: string, at: Instant): string {
  return new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short' }).format(at).toLowerCase()
}

type Greeting = {
  readonly claim: Claim
  readonly email: string
  readonly timeZone: string
  readonly slot: Instant
  readonly people: readonly Person[]
  readonly medianArr: () => Promise<number>
  readonly isFirstOfWeek: boolean
}

async function greet(
  context: Context,
  { claim, email, timeZone, slot, people, medianArr, isFirstOfWeek }: Greeting,
): Promise<void> {
  const { connection, settings, chats } = context
  const { db } = connection
  const to = await directMessageOrNone(db, email)
  if (to === undefined || !chats.has(to.platform)) return
  const choices = await choicesOf(db, email)
  const { your_five: wanted } = settings.routes
  const found = await fiveOf(context, email, slot, medianArr)
  const five = wanted === undefined || choices.when.five === 'never' ? undefined : shownFiveOf(found)
  const wantsRenewals =
    wanted !== undefined && isFirstOfWeek && (choices.when.renewals ?? DEFAULTS.renewals) === 'morning'
  const renewals = wantsRenewals ? renewalsIn(found.book, slot, RENEWAL_DAYS) : []
  const team = wanted === undefined ? [] : await teamOf(context, email, people, slot)
  await underClaim(db, claim, async db => {
    const held: HeldMessage[] = []
    for (const message of await heldFor(db, email)) if (await markIncluded(db, message.id, slot)) held.push(message)
    const overloaded = await newlyOverloaded(db, email, team, slot, wanted?.accounts ?? FIVE)
    const nothing = (five?.chosen.length ?? 0) + overloaded.length + held.length + renewals.length === 0
    if (nothing) return
    const reader = { email, timeZone, now: slot }
    const morning = { ...(five !== undefined && { five }), held: held.map(heldItem), overloaded, renewals }
    await send(db, to, email, morningCard(settings.model, morning, reader), { slot, hasHeld: held.length > 0 })
  })
}

async function send(
  db: Db,
  to: Destination,
  email: string,
  card: Card,
  { slot, hasHeld }: { readonly slot: Instant; readonly hasHeld: boolean },
): Promise<void> {
  const key = { subject: { of: 'person', id: email }, purpose: 'morning', number: slot } as const
  await addMessage(db, {
    ...key,
    ...{ to, card, at: slot },
    // what was held for it must not get lost
    ...(!hasHeld && { expiresAt: slot + 6 * HOUR }),
    alerts: alertsIn(card),
  })
}
