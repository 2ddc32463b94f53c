import type { Context } from '../../context.ts'
import type { Destination } from '../../domain/delivery/destination.ts'
import { foldEmail, type Person } from '../../domain/people/person.ts'
import { HOUR, type Instant } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { listOwners } from '../../store/accounts/owned-accounts.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { listPeople } from '../../store/people/people.ts'
import { addReminder, forgetReminder } from '../../store/people/reminders.ts'
import type { Db } from '../../store/tables.ts'
import { morningCard, type Overloaded } from '../../views/home/morning-card.ts'
import { directMessageOrNone } from '../alerts/alert-destinations.ts'
import { tooLateToPost } from '../digests/digest-job.ts'
import type { Job } from '../schedule/schedule.ts'
import { FIVE, fiveOf, medianOnce } from './five-of.ts'
import { shownFiveOf } from './shown-five.ts'

/** One morning message for each person, at the same time of day in each of their time zones, on business days. */
export async function morningJobs(context: Context): Promise<Job[]> {
  const { connection, settings } = context
  const { your_five: wanted, business_hours: hours, scoring } = settings.routes
  if (wanted === undefined) return []
  const people = await listPeople(connection.db)
  const zoneOf = ({ timeZone }: Person) => timeZone ?? scoring.time_zone
  const [hour, minute] = wanted.at.split(':').map(Number)
  return [...new Set([...people.map(zoneOf), scoring.time_zone])].map(time_zone => ({
    name: `morning ${time_zone}`,
    timing: { schedule: `${minute} ${hour} * * ${hours.days.join(',')}`, time_zone },
    tooLate: (slot, now) => tooLateToPost(slot, now, time_zone),
    run: async slot => {
      if (hours.holidays.includes(dayIn(time_zone, slot))) return 'a holiday'
      const here = people.filter(person => zoneOf(person) === time_zone).map(({ email }) => email)
      const unlisted = time_zone === scoring.time_zone ? await ownersNotAmong(connection.db, people) : []
      const medianArr = medianOnce(connection.db, slot)
      for (const email of [...here, ...unlisted]) await greet(context, { email, time_zone, slot, people, medianArr })
      context.wakeSender()
      return undefined
    },
  }))
}

/** Who owns accounts and stands in no people file is written to all the same. */
async function ownersNotAmong(db: Db, people: readonly Person[]): Promise<string[]> {
  const known = new Set(people.map(({ email }) => email))
  return (await listOwners(db)).filter(owner => !known.has(foldEmail(owner)))
}

type Greeting = {
  readonly email: string
  readonly time_zone: string
  readonly slot: Instant
  readonly people: readonly Person[]
  readonly medianArr: () => Promise<number>
}

async function greet(context: Context, { email, time_zone, slot, people, medianArr }: Greeting): Promise<void> {
  const { connection, settings, chats } = context
  const { db } = connection
  const to = await directMessageOrNone(db, email)
  if (to === undefined || !chats.has(to.platform)) return
  const five = shownFiveOf(await fiveOf(context, email, slot, medianArr))
  const team = await teamOf(context, email, people, slot)
  await inTransaction(db, async db => {
    const overloaded = await newlyOverloaded(db, email, team, slot, settings.routes.your_five?.accounts ?? FIVE)
    if (five.chosen.length === 0 && overloaded.length === 0) return
    const reader = { email, timeZone: time_zone, now: slot }
    const card = morningCard(settings.model, { five, held: [], overloaded }, reader)
    await send(db, to, email, card, slot)
  })
}

async function send(db: Db, to: Destination, email: string, card: ReturnType<typeof morningCard>, slot: Instant) {
  const errand = { subject: { of: 'person', id: email }, purpose: 'morning', number: slot } as const
  const alerts = card.parts
    .flatMap(part => (part.kind === 'list' ? part.items : []))
    .flatMap(({ about }) => about ?? [])
  await addMessage(db, {
    ...errand,
    ...{ to, card, at: slot, expiresAt: slot + 6 * HOUR },
    alerts: [...new Set(alerts.map(about => about.replace(/^alert:/, '')))],
  })
}

type TeamMember = { readonly email: string; readonly name: string; readonly atRisk: number }

/** The people of a manager's team, with how many of their accounts are at risk. */
async function teamOf(
  context: Context,
  manager: string,
  people: readonly Person[],
  now: Instant,
): Promise<TeamMember[]> {
  const reports = people.filter(person => person.manager === manager && person.email !== manager)
  const team: TeamMember[] = []
  for (const { email, name = email } of reports) {
    team.push({ email, name, atRisk: (await fiveOf(context, email, now, async () => 1)).atRisk })
  }
  return team
}

/** Named once, and again only after it was better in between. */
async function newlyOverloaded(
  db: Db,
  manager: string,
  team: readonly TeamMember[],
  now: Instant,
  most: number,
): Promise<Overloaded[]> {
  const named: Overloaded[] = []
  for (const { email, name, atRisk } of team) {
    const subject = `more at risk than one can look after:${email}`
    if (atRisk <= most) await forgetReminder(db, manager, subject)
    else if (await addReminder(db, manager, subject, now)) named.push({ name, atRisk })
  }
  return named
}
