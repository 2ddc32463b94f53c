import * as z from 'zod'
import { foldEmail } from '../../domain/people/person.ts'
import type { AccountRow } from '../../store/accounts/account-change.ts'
import { saveAccounts } from '../../store/accounts/accounts.ts'
import { findAccountKeys } from '../../store/accounts/find-accounts.ts'
import { notNumberNotes, repeatedNotes, unknownOwners } from '../account-notes.ts'
import { accountColumns, accountInRow, namesOnce } from '../accounts.ts'
import { withoutInvisible } from '../cells/invisible.ts'
import { nearMisses } from '../cells/near-misses.ts'
import { isRefusal, type Refusal, refuse } from '../cells/values.ts'
import { mostFrequent, tally } from '../files/notes.ts'
import { number, text } from './fields.ts'
import type { Intake, Reception } from './intake.ts'
import { JSON_NUMBERS, type ObjectRow, PLAIN } from './object-row.ts'
import { openRows } from './receive-rows.ts'

const day = (field: string, what: string) =>
  text(field)
    .nullish()
    .meta({ description: `${what}, as 2026-12-31.`, examples: ['2026-12-31'] })

export const SENT_ACCOUNT = z
  .object({
    id: text('id').meta({ description: 'The id of the account, from the CRM, as text.', examples: ['acme'] }),
    name: text('name')
      .optional()
      .meta({ description: 'Its name. A new account needs one.', examples: ['Acme'] }),
    segment: text('segment')
      .nullish()
      .meta({ description: 'Its segment.', examples: ['enterprise'] }),
    owner: text('owner')
      .nullish()
      .meta({ description: 'The e-mail of its owner.', examples: ['dana@example.com'] }),
    arr: number('arr')
      .nullish()
      .meta({ description: 'Its ARR: a JSON number, not below 0.', examples: [48_000] }),
    renewal_on: day('renewal_on', 'The day of its renewal'),
    created_on: day('created_on', 'The day on which it became a customer'),
    lifecycle: text('lifecycle')
      .nullish()
      .meta({ description: 'Its lifecycle stage.', examples: ['customer'] }),
    domain: text('domain')
      .nullish()
      .meta({ description: 'The domain of its e-mail.', examples: ['acme.example'] }),
  })
  .catchall(PLAIN)
  .meta({ id: 'Account', description: 'A customer. Every other field is an attribute.' })

/** As `import accounts`: a field that is absent changes nothing, null or "" clears; of an account that is known the name may be left out. */
export function openAccounts({ connection, now, facts }: Omit<Reception, 'platforms'>): Intake {
  const [owners, notNumbers, repeated] = [new Set<string>(), tally(), tally()]
  const known = new Set<string>()
  const { known: columns } = accountColumns(facts.attributes)
  const checked = namesOnce({ cell: (row, column) => tables.get(row)?.cell(row, column) }, repeated.add)
  const tables = new WeakMap<ObjectRow['row'], ObjectRow['table']>()
  const idOf = ({ table, row }: ObjectRow) => withoutInvisible(table.cell(row, 'id') ?? '').trim()

  return openRows<AccountRow>({
    noun: 'an account',
    schema: SENT_ACCOUNT,
    known: columns,
    async prepare(rows) {
      const unnamed = rows.filter(({ table }) => !table.names.includes('name')).map(idOf)
      const others = [...new Set(unnamed)].filter(id => !known.has(id))
      for (const id of (await findAccountKeys(connection.db, others)).keys()) known.add(id)
    },
    read({ table, row }, isTrial): AccountRow | Refusal {
      const isNamed = table.names.includes('name')
      const csv = isNamed ? table : withIdForName(table)
      const notNumber = isTrial ? () => {} : notNumbers.add
      const account = accountInRow({ csv, numbers: JSON_NUMBERS, wantedAsNumbers: facts.numbers, notNumber }, row)
      if (account === undefined) throw new Error('numbers of JSON are never in doubt')
      if (isRefusal(account)) return account
      if (!isNamed) return known.has(account.id) ? withoutName(account) : NAMELESS
      if (isTrial) return account
      tables.set(row, table)
      const result = checked(row, account)
      if (!isRefusal(result)) known.add(result.id)
      return result
    },
    save(rows, later) {
      for (const { attributes } of rows) owners.add(foldEmail(attributes.get('owner') ?? ''))
      return saveAccounts(connection.db, rows, now, later)
    },
    async notes(sent) {
      return [
        ...nearMisses(sent, columns, 'is kept as an attribute'),
        ...notNumberNotes(notNumbers.entries()),
        ...mostFrequent(repeatedNotes(repeated.entries())),
        ...mostFrequent(await unknownOwners(connection, owners)),
      ]
    },
  })
}

const NAMELESS = refuse('name is missing; a new account needs one')

function withoutName({ id, attributes }: AccountRow): AccountRow {
  return { id, attributes }
}

function withIdForName({ names, cell }: ObjectRow['table']): ObjectRow['table'] {
  return { names, cell: (row, column) => cell(row, column === 'name' ? 'id' : column) }
}
