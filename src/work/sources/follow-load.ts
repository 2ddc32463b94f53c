import type { Instant } from '../../domain/time/instant.ts'
import type { LoadedKind } from '../../ingest/load/load.ts'
import type { LoadReport } from '../../ingest/load/loading.ts'
import type { Settings } from '../../model/settings.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { countRejected } from '../../store/sources/source-counts.ts'
import type { Db } from '../../store/tables.ts'
import { updateCustomers } from '../accounts/update-customers.ts'
import { releaseReachable } from '../people/release-reachable.ts'

/** What was loaded: `subject` is the file's name, `who` the one who loaded it. */
type Loaded = {
  readonly kind: LoadedKind
  readonly subject: string
  readonly who: string
  readonly settings: Settings | undefined
}

/** What a file brings with it once its rows are saved: counts, who is a customer, the audit log, messages that waited. */
export async function followLoad(
  db: Db,
  { kind, subject, who, settings }: Loaded,
  { added, changed, rejected, left }: LoadReport,
  now: Instant,
): Promise<void> {
  if (kind === 'signals') await countRejected(db, 'csv', rejected, now)
  if (kind === 'accounts' && settings !== undefined) await updateCustomers(db, settings.routes.customers, now)
  if (added + changed + (left ?? 0) > 0) {
    const gone = left === undefined ? '' : `, ${left} left`
    const isNow = `${added} added, ${changed} changed${gone}`
    await recordAudit(db, { at: now, who, act: `import.${kind}`, subject, isNow })
  }
  if (kind === 'people') await releaseReachable(db, now)
}
