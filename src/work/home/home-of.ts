import type { Context } from '../../context.ts'
import { type AlertDetails, confidentialityOf, isAlertOf } from '../../domain/alerts/alert-details.ts'
import { mostUrgentFirst as mostUrgentAlert } from '../../domain/alerts/alert-kind.ts'
import { maySee } from '../../domain/alerts/confidential.ts'
import { groupedBy } from '../../domain/grouped.ts'
import { mostUrgentFirst } from '../../domain/playbooks/task.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import { unresolvedAlertDetails } from '../../store/alerts/alert-details.ts'
import { announcedStatusesAt } from '../../store/digests/announced.ts'
import { type BookLine, readBook } from '../../store/home/book.ts'
import { listPeople } from '../../store/people/people.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import { readPage } from '../../store/portfolio/page.ts'
import type { HomePage, LeadAlert, TeamLine } from '../../views/home/home-page.ts'
import { tasksVisibleTo } from '../alerts/visible-to.ts'
import type { Caller } from '../people/identify.ts'
import { pulseList } from '../pulses/due-pulses.ts'
import { timeZoneOf } from '../schedule/business-calendar.ts'
import { readAdminOverview } from './admin-overview.ts'
import { fiveOf } from './five-of.ts'
import { renewalsIn } from './renewals-in.ts'
import { shownFiveOf } from './shown-five.ts'

const RENEWAL_DAYS = 90
const WORST = 5

/** Everything that somebody's page says of today. */
export async function homeOf(context: Context, caller: Caller, now: Instant): Promise<HomePage> {
  const { connection, settings } = context
  const { db } = connection
  const { email = '', role } = caller
  const five = await fiveOf(context, email, now)
  const { book } = five
  const unresolved = await unresolvedAlertDetails(db, now)
  const alerts = unresolved.filter(alert => isAlertOf(alert, email) && maySee(caller, confidentialityOf(alert)))
  const tasks =
    email === '' ? [] : await tasksVisibleTo(db, caller, await readTasks(db, { assignee: email, isOpen: true }), now)
  const pulses = book.length === 0 || role === 'viewer' ? [] : await pulseList(context, email, now)
  const worst = book.length > 0 ? [] : (await readPage(db, now, { most: WORST })).lines
  return {
    reader: { email, timeZone: await timeZoneOf(context, caller.email), now },
    five: shownFiveOf(five),
    alerts: leadsOf(alerts),
    tasks: tasks.toSorted(mostUrgentFirst),
    pulsesDue: pulses.filter(({ state }) => state.kind === 'waiting').length,
    renewals: renewalsIn(book, now, RENEWAL_DAYS),
    book,
    before: await verdictsBefore(context, book, now),
    worst,
    team: email === '' ? [] : await teamOf(context, email, unresolved, now),
    ...(role === 'admin' && { overview: await readAdminOverview(connection, settings, now) }),
  }
}

/** One for each account: its most urgent alert, and how many more there are. */
function leadsOf(alerts: readonly AlertDetails[]): LeadAlert[] {
  const ofAccounts = groupedBy(alerts.toSorted(mostUrgentAlert), ({ account }) => account.key)
  return [...ofAccounts.values()].flatMap(([lead, ...others]) =>
    lead === undefined ? [] : { lead, others: others.length },
  )
}

/** The verdict of a week ago, by account. */
async function verdictsBefore({ connection }: Context, book: readonly BookLine[], now: Instant) {
  const then = await announcedStatusesAt(
    connection.db,
    now - 7 * DAY,
    book.map(({ key }) => key),
  )
  return new Map([...then].map(([key, { verdict }]) => [key, verdict]))
}

async function teamOf(
  { connection: { db } }: Context,
  manager: string,
  alerts: readonly AlertDetails[],
  now: Instant,
): Promise<TeamLine[]> {
  const reports = (await listPeople(db)).filter(person => person.manager === manager && person.email !== manager)
  const team: TeamLine[] = []
  for (const { email, name = email } of reports) {
    const book = await readBook(db, email, now)
    const own = alerts.filter(alert => isAlertOf(alert, email))
    const tasks = await readTasks(db, { assignee: email, isOpen: true })
    team.push({
      ...{ email, name, accounts: book.length },
      atRisk: book.filter(({ role }) => role === 'at_risk').length,
      unclaimed: own.filter(({ claimedBy, state }) => claimedBy === undefined && state === 'open').length,
      overdue: tasks.filter(({ dueAt }) => dueAt < now).length,
    })
  }
  return team.sort((a, b) => b.atRisk - a.atRisk || b.unclaimed - a.unclaimed || a.name.localeCompare(b.name))
}
