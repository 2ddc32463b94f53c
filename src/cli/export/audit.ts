import { isoOrNull } from '../../domain/time/iso-time.ts'
import { readAudit } from '../../store/audit/audit.ts'
import type { Table } from './table.ts'

const COLUMNS = ['at', 'who', 'act', 'subject', 'account', 'was', 'is'] as const

/** Who did what, oldest first; `rounds audit verify` says whether the log is intact. */
export const audit: Table = {
  columns: async () => COLUMNS,
  async *rows({ connection, since }) {
    for (const { at, isNow, ...line } of (await readAudit(connection.db, {})).toReversed()) {
      if (at >= since) yield { ...line, at: isoOrNull(at), is: isNow }
    }
  },
}
