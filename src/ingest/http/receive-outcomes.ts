import * as z from 'zod'
import { OUTCOME_KINDS, type Outcome } from '../../domain/outcomes/outcome.ts'
import { findAccountKeys } from '../../store/accounts/find-accounts.ts'
import { saveOutcomes } from '../../store/outcomes/outcomes.ts'
import { withoutInvisible } from '../cells/invisible.ts'
import { nearMisses } from '../cells/near-misses.ts'
import { finiteIn } from '../cells/values.ts'
import { outcomeNotes } from '../load/load-outcomes.ts'
import { OUTCOME_COLUMNS, outcomeIn } from '../outcomes.ts'
import { number, text } from './fields.ts'
import type { Intake, Reception } from './intake.ts'
import { type ObjectRow, PLAIN } from './object-row.ts'
import { openRows } from './receive-rows.ts'

/** Whether it exists is asked first: to find what else is wrong, the one of the example does. */
const EXAMPLE = 'acme'

export const SENT_OUTCOME = z
  .object({
    account_id: text('account_id').meta({ description: 'The id of an account that exists.', examples: [EXAMPLE] }),
    outcome: text('outcome').meta({ description: `One of ${OUTCOME_KINDS.join(', ')}.`, examples: ['renewed'] }),
    on_date: text('on_date').meta({ description: 'The day on which it happened.', examples: ['2025-12-31'] }),
    arr: number('arr')
      .nullish()
      .meta({ description: 'The ARR that it was about, not below 0.', examples: [48_000] }),
    reason: text('reason')
      .nullish()
      .meta({ description: 'A short code of your own.', examples: ['price'] }),
    note: text('note')
      .nullish()
      .meta({ description: 'What else is to be said.', examples: ['Renewed for two years'] }),
  })
  .catchall(PLAIN)
  .meta({ id: 'Outcome', description: 'What really happened.' })

/** As `import outcomes`. */
export function openOutcomes({ connection, now }: Reception): Intake {
  const accounts = new Map<string, number>()
  const withExample = { get: (id: string) => (id === EXAMPLE ? 0 : accounts.get(id)) }
  const seen: Outcome[] = []
  const idOf = ({ table, row }: ObjectRow) => withoutInvisible(table.cell(row, 'account_id') ?? '').trim()
  return openRows<Outcome>({
    noun: 'an outcome',
    schema: SENT_OUTCOME,
    known: OUTCOME_COLUMNS.known,
    async prepare(rows) {
      const ids = [...new Set(rows.map(idOf))].filter(id => !accounts.has(id))
      for (const [id, key] of await findAccountKeys(connection.db, ids)) accounts.set(id, key)
    },
    read({ table, row }, isTrial) {
      const cell = (name: string) => table.cell(row, name) ?? ''
      const arr = finiteIn(cell('arr'))
      const said = { reason: cell('reason'), note: cell('note'), source: 'api', ...(arr !== undefined && { arr }) }
      const texts = { accountId: cell('account_id'), outcome: cell('outcome'), onDate: cell('on_date'), ...said }
      return outcomeIn(texts, { accounts: isTrial ? withExample : accounts, now })
    },
    save(rows, later) {
      seen.push(...rows)
      return saveOutcomes(connection.db, rows, { isHistory: false, later })
    },
    async notes(sent) {
      const ids = new Map([...accounts].map(([id, key]) => [key, id]))
      return [
        ...nearMisses(sent, OUTCOME_COLUMNS.known, 'is not read'),
        ...(await outcomeNotes(connection, seen, account => ids.get(account) ?? '')),
      ]
    },
  })
}
