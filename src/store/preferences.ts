import { SCORE_FORMATS, type ScoreFormat } from '../domain/score-format.ts'
import type { Db } from './tables.ts'

const SCORE_FORMAT = 'score_format'

/** How somebody wants to see scores, by the first of the names they go by that has chosen. */
export async function scoreFormatOrNone(db: Db, persons: readonly string[]): Promise<ScoreFormat | undefined> {
  const rows = await db
    .selectFrom('preferences')
    .select(['person', 'value'])
    .where('preference', '=', SCORE_FORMAT)
    .where('person', 'in', persons)
    .execute()
  const chosen = persons.flatMap(person => rows.find(row => row.person === person)?.value ?? [])
  return SCORE_FORMATS.find(format => format === chosen[0])
}

export async function saveScoreFormat(db: Db, person: string, value: ScoreFormat): Promise<void> {
  await db
    .insertInto('preferences')
    .values({ person, preference: SCORE_FORMAT, value })
    .onConflict(conflict => conflict.columns(['person', 'preference']).doUpdateSet({ value }))
    .execute()
}
