import type { Context } from '../../context.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { inSnapshot } from '../../store/engine/transaction.ts'
import { storedChancesOrNone } from '../../store/outcomes/study-marks.ts'
import type { AccountSummary } from '../../views/accounts/account-summary.ts'
import type { ScoreStyle } from '../../views/scoring/status-text.ts'
import { ownerAt } from '../../work/accounts/check-account.ts'
import { ownDivergenceOrNone } from '../../work/alerts/own-divergence.ts'
import { visibleTo } from '../../work/alerts/visible-to.ts'
import type { Request } from '../port.ts'
import { chanceOfAccount } from './chance-of-account.ts'
import { formatChosenBy, namesOfAsking, scoreStyle } from './score-style.ts'
import { summarizeAccount } from './summarize-account.ts'
import { withArrOnlyIf } from './with-arr.ts'

type Seen = { readonly summary: AccountSummary; readonly style: ScoreStyle; readonly isMasked: boolean }

/** What the person who asks, or everybody who reads along in the channel, may see of an account. */
export async function seenAccount(
  context: Context,
  request: Pick<Request, 'actor' | 'channel' | 'isPrivate'> & { readonly timeZone: string },
  account: ListedAccount,
  now: Instant,
): Promise<Seen> {
  const { connection, settings } = context
  const names = await namesOfAsking(context, request.actor)
  const [{ checked, summary: whole }, chances, format] = await inSnapshot(connection.db, db =>
    Promise.all([
      summarizeAccount({ ...connection, db }, settings.model, account, now),
      storedChancesOrNone(db),
      formatChosenBy(db, names),
    ]),
  )
  const owner = ownerAt(checked.observed, now)
  const { seen: alerts, isMasked: hidesAlerts } = await visibleTo(context, request, whole.alerts, alert => ({
    kind: alert.kind,
    owner,
    holder: alert.claimedBy,
  }))
  const { seen: tasks, isMasked: hidesTasks } = await visibleTo(context, request, whole.tasks ?? [], task => ({
    kind: task.alert?.kind ?? 'task',
    owner,
    holder: task.assignee?.email ?? task.alert?.holder,
  }))
  const unmasked = { ...whole, alerts, tasks }
  const {
    lines: [allowed = unmasked],
    isMasked: hidesArr,
  } = withArrOnlyIf(context, request, [unmasked])
  const [divergence, style] = await Promise.all([
    ownDivergenceOrNone(context, request, checked, now),
    scoreStyle(context, format, account.key, allowed.health.now.score?.shown),
  ])
  const summary = {
    ...allowed,
    ...chanceOfAccount(chances, settings.model, allowed, now),
    timeZone: request.isPrivate ? request.timeZone : 'UTC',
    ...(divergence !== undefined && { divergence }),
  }
  return { summary, style, isMasked: hidesArr || hidesAlerts || hidesTasks }
}
