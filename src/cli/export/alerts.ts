import { alertDocument } from '../../documents/alert.ts'
import { isConfidential } from '../../domain/alerts/confidential.ts'
import { counted } from '../../domain/counted.ts'
import { findAlertDetails } from '../../store/alerts/alert-details.ts'
import { alertIdsAfter } from '../../store/alerts/alerts-after.ts'
import type { Table } from './table.ts'

const COLUMNS = [
  'id',
  'account',
  'account_name',
  'kind',
  'state',
  'opened_at',
  'reason',
  'driver',
  'owner',
  'claimed_by',
  'claimed_at',
  'snoozed_until',
  'resolved_by',
  'resolved_at',
  'resolution',
  'feedback',
] as const

const SLICE = 500

/** The alerts, oldest first; what only a few may see is left out unless it is asked for, and said so. */
export const alerts: Table = {
  columns: async () => COLUMNS,
  async *rows({ connection: { db }, now, since, withConfidential, note }) {
    let leftOut = 0
    for (let after: { at: number; id: string } | undefined; ; ) {
      const page = await alertIdsAfter(db, { state: 'all', since, after, most: SLICE })
      const found = await findAlertDetails(
        db,
        page.map(({ id }) => id),
        now,
      )
      for (const alert of found) {
        if (withConfidential || !isConfidential(alert.kind)) {
          yield { ...alertDocument(alert), feedback: alert.verdicts.join(' ') }
        } else leftOut += 1
      }
      const last = page.at(-1)
      if (last === undefined || page.length < SLICE) break
      after = { at: last.openedAt, id: last.id }
    }
    if (leftOut > 0) {
      note(
        `${counted(leftOut, 'confidential alert was', 'confidential alerts were')} left out: --confidential adds them.`,
      )
    }
  },
}
