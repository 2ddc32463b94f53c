import { isoOrNull } from '../../domain/time/iso-time.ts'
import { listAccounts } from '../../store/accounts/account-list.ts'
import { readSignals } from '../../store/scoring/observations.ts'
import type { Table } from './table.ts'

const COLUMNS = ['account_id', 'metric', 'value', 'observed_at', 'source', 'id'] as const

/** Every current signal, account by account, in the columns that `import signals` reads. */
export const signals: Table = {
  columns: async () => COLUMNS,
  async *rows({ connection, since }) {
    for (const account of await listAccounts(connection.db)) {
      for (const signal of await readSignals(connection, account.key, Number.MAX_SAFE_INTEGER)) {
        const { metric, value, observedAt, source, id } = signal
        if (observedAt < since) continue
        yield { account_id: account.id, metric, value, observed_at: isoOrNull(observedAt), source, id }
      }
    }
  },
}
