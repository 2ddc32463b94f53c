import { BotError } from '../../errors.ts'
import { type ColumnProfile, profileOf } from '../clues/profile.ts'
import type { Table } from '../tables/table.ts'

/** The columns by which two files belong together: most values of the one stand in the other, each once. Throws a `BotError`. */
export async function findJoin(table: Table, other: Table): Promise<{ column: string; is: string }> {
  const [own, its] = [await profileOf(table), await profileOf(other)]
  const pairs = own.columns.flatMap(column =>
    its.columns
      .filter(({ isUnique, filled }) => isUnique && filled > 0)
      .map(candidate => ({ column, candidate, share: shareIn(column, candidate) })),
  )
  const best = pairs.sort((a, b) => b.share - a.share || b.candidate.filled - a.candidate.filled)[0]
  if (best !== undefined && best.share >= 0.3) return { column: best.column.name, is: best.candidate.name }
  throw new BotError(
    'no_join',
    `No column of ${table.name} has the values of a column of ${other.name}.`,
    'The second file needs one row for each, such as the customers of subscriptions.',
  )
}

function shareIn({ values, numbers, isDate, name }: ColumnProfile, other: ColumnProfile): number {
  if (isDate || values.size === 0 || (numbers > 0.9 && !/id|nr|number|key/i.test(name))) return 0
  const texts = [...values.keys()].slice(0, 1_000)
  return texts.filter(text => other.values.has(text)).length / texts.length
}
