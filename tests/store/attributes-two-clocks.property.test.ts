import fc from 'fast-check'
import { expect, it } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { observeAccount } from '../../src/store/scoring/observations.ts'
import { openTestDatabase, tries } from '../support/test-database.ts'

/** A file that came on a day, or says what held from an earlier one; an absent cell is an absent column. */
const file = fc.record(
  {
    cell: fc.constantFrom('a', 'b', 'c', undefined),
    from: fc.integer({ min: 0, max: 20 }),
    hasColumn: fc.boolean(),
  },
  { requiredKeys: ['cell', 'hasColumn'] },
)

type Value = { readonly from: number; readonly value: string | undefined }

/** A list of values; an empty cell clears an earlier one, and what holds already adds nothing. */
function withValue(list: readonly Value[], { from, value }: Value): Value[] {
  const holds = list.findLast(other => other.from <= from)
  if (holds?.value === value) return [...list]
  return [...list.filter(other => other.from !== from), { from, value }].sort((a, b) => a.from - b.from)
}

function valueAt(list: readonly Value[], asOf: number, knownAt: number): string | undefined {
  const known = list.filter(({ from }) => from <= knownAt)
  return (known.findLast(({ from }) => from <= asOf) ?? known[0])?.value
}

it('an attribute is what the list of its values says, as of any instant, as known at any', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 12 }), async files => {
      const connection = await openTestDatabase()
      try {
        await saveAccounts(connection.db, [{ id: 'acme', attributes: new Map() }], 0)
        let list: Value[] = []
        for (const [day, { cell, from, hasColumn }] of files.entries()) {
          const now = 10 + day
          const holdsFrom = from === undefined ? now : Math.min(from, now)
          const row = { id: 'acme', attributes: new Map(hasColumn ? [['segment', cell]] : []) }
          await saveAccounts(connection.db, [row], from === undefined ? now : { from: holdsFrom })
          if (hasColumn) list = withValue(list, { from: holdsFrom, value: cell })
        }
        for (const knownAt of [-1, 0, 5, 10, 11, 13, 16, 20, 24, Infinity]) {
          const { attribute } = await observeAccount(connection, 1, 30, { knownAt })
          const days = Array.from({ length: 26 }, (_, at) => at - 1)
          expect(days.map(day => attribute('segment', day))).toEqual(days.map(day => valueAt(list, day, knownAt)))
        }
      } finally {
        await connection.close()
      }
    }),
    tries(50),
  )
}, 60_000)
