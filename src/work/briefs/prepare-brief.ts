import { maySee, type Reader } from '../../domain/alerts/confidential.ts'
import { alertAsOfOrNone, isWithin, taskAsOfOrNone } from '../../domain/briefs/as-of.ts'
import { type Brief, type BriefTask, courseOf } from '../../domain/briefs/brief.ts'
import { BRIEF_DAYS, type BriefKind } from '../../domain/briefs/brief-kind.ts'
import { openQuestions } from '../../domain/briefs/open-questions.ts'
import type { Model } from '../../domain/model/model.ts'
import { outlines } from '../../domain/scoring/health.ts'
import { evidenceOf } from '../../domain/scoring/readings/evidence.ts'
import { explain } from '../../domain/scoring/score.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import type { TimelineEntry } from '../../domain/timeline/timeline.ts'
import { timelineFor } from '../../domain/timeline/timeline-for.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { ownerOfAccount } from '../../store/accounts/account-owner.ts'
import { alertsOf } from '../../store/alerts/alerts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { inSnapshot } from '../../store/engine/transaction.ts'
import { labelsOfRuns } from '../../store/playbooks/playbook-runs.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import { readSignals } from '../../store/scoring/observations.ts'
import { transitionsWithin } from '../../store/scoring/transitions.ts'
import { readTimeline } from '../../store/timeline/timeline.ts'
import { checkAccount } from '../accounts/check-account.ts'
import { moneyAndPeople } from './money-and-people.ts'

export type BriefWanted = {
  readonly kind: BriefKind
  /** The end of its period. */
  readonly at: Instant
  /** When it is asked for: who may see what is decided by who owns the account now. */
  readonly now: Instant
  readonly reader: Reader
}

/** All that a brief says of an account, as of an instant, without what the reader may not see. */
export function prepareBrief(
  connection: Connection,
  model: Model,
  account: ListedAccount,
  wanted: BriefWanted,
): Promise<Brief> {
  return inSnapshot(connection.db, db => prepare({ ...connection, db }, model, account, wanted))
}

async function prepare(
  connection: Connection,
  model: Model,
  account: ListedAccount,
  { kind, at, now, reader }: BriefWanted,
): Promise<Brief> {
  const { db } = connection
  const { key } = account
  const since = at - BRIEF_DAYS[kind] * DAY
  const period = { since, until: at }
  const checked = await checkAccount(connection, model, account, at)
  const { observed, health, verdict, expansionReady } = checked
  const outlineAt = outlines(model, observed)
  const owner = await ownerOfAccount(db, key, now)
  const sees = (kind: string, holder: string | undefined) => maySee(reader, { kind, owner, holder })
  const alerts = (await alertsOf(db, key)).filter(alert => sees(alert.kind, alert.claimedBy))
  const tasks = (await tasksWithPlaybooks(connection, key)).filter(({ alert, assignee }) =>
    sees(alert?.kind ?? 'task', assignee?.email ?? alert?.holder),
  )
  const heard = (await readTimeline(db, key, at, MOST_HEARD)).filter(
    entry => HEARD.includes(entry.kind) && isWithin(period, entry.at),
  )
  return {
    kind,
    account: checked.account,
    since,
    before: explain(outlineAt(since)),
    health,
    verdict,
    expansionReady,
    course: courseOf(outlineAt, since, at),
    transitions: (await transitionsWithin(db, key, since, at)).map(({ shown, driver, ...change }) => ({
      ...change,
      ...(shown !== null && { shown }),
      ...(driver !== null && { driver }),
    })),
    evidence: evidenceOf(model, await readSignals(connection, key, at), at),
    alerts: alerts.flatMap(alert => alertAsOfOrNone(alert, period) ?? []),
    tasks: tasks.flatMap(task => taskAsOfOrNone(task, period) ?? []),
    heard: timelineFor(heard, reader, owner).toSorted((a, b) => b.at - a.at),
    ...(await moneyAndPeople(db, model, checked, period)),
    questions: openQuestions(model, health, observed),
  }
}

const HEARD: readonly TimelineEntry['kind'][] = ['pulse', 'comment', 'outcome', 'attribute']

/** At least how many of each kind are read. */
const MOST_HEARD = 50

async function tasksWithPlaybooks({ db }: Connection, account: number): Promise<BriefTask[]> {
  const labels = await labelsOfRuns(db, account)
  return (await readTasks(db, { account })).map(task => {
    const playbook = labels.get(task.run ?? '')
    return { ...task, ...(playbook !== undefined && { playbook }) }
  })
}
