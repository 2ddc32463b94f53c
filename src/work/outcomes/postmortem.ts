import type { Alert } from '../../domain/alerts/alert.ts'
import { maySee, type Reader } from '../../domain/alerts/confidential.ts'
import type { Model } from '../../domain/model/model.ts'
import { isBad, type Outcome, worstOfEachDay } from '../../domain/outcomes/outcome.ts'
import { LOOKED_DAYS, type Postmortem, postmortemOf } from '../../domain/outcomes/postmortem.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import type { Routes } from '../../model/routes.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { ownerOfAccount } from '../../store/accounts/account-owner.ts'
import { alertsByAccount } from '../../store/alerts/alerts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { listOutcomes } from '../../store/outcomes/outcomes.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import { lookBack } from './look-back.ts'

export type PostmortemReport = Postmortem & {
  readonly account: { readonly id: string; readonly name: string }
  readonly outcome: Outcome
  /** Raised in the year before, that the reader may see, oldest first. */
  readonly alerts: readonly Alert[]
  readonly tasks: readonly Task[]
}

const YEAR = 365 * DAY

/** What was said and done before the last thing that went badly with an account, else before the last outcome. */
export async function postmortem(
  connection: Connection,
  { model, scoring, now }: { readonly model: Model; readonly scoring: Routes['scoring']; readonly now: Instant },
  account: ListedAccount,
  reader: Reader,
): Promise<PostmortemReport> {
  const { db } = connection
  const outcomes = worstOfEachDay(await listOutcomes(db, account.key)).filter(({ on }) => Date.parse(on) <= now)
  const outcome = outcomes.findLast(isBad) ?? outcomes.at(-1)
  if (outcome === undefined) {
    const hint = `Write /health outcome ${account.id} churned --on 2026-10-01, or import outcomes.`
    throw new BotError(
      'no_outcome',
      `No outcome of ${account.name} is recorded, so there is nothing to look back from.`,
      hint,
    )
  }
  const [looked] = await lookBack(connection, { model, outcomes: [outcome], leads: LOOKED_DAYS, scoring })
  const looks = (looked?.looks ?? []).map(({ lead, known }) => ({ days: lead, look: known }))
  const day = Date.parse(outcome.on)
  const isBefore = (at: Instant) => at >= day - YEAR && at < day + DAY
  const owner = await ownerOfAccount(db, account.key, now)
  const alerts = (await alertsByAccount(db, [account.key])).get(account.key) ?? []
  const tasks = await readTasks(db, { account: account.key })
  return {
    ...postmortemOf(model, looks),
    account: { id: account.id, name: account.name },
    outcome,
    alerts: alerts.filter(
      ({ openedAt, kind, claimedBy }) => isBefore(openedAt) && maySee(reader, { kind, owner, holder: claimedBy }),
    ),
    tasks: tasks.filter(
      ({ dueAt, alert, assignee }) =>
        isBefore(dueAt) && maySee(reader, { kind: alert?.kind ?? '', owner, holder: assignee?.email ?? alert?.holder }),
    ),
  }
}
