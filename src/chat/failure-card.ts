import type { Context } from '../context.ts'
import { BotError } from '../errors.ts'
import { storageTrouble } from '../ingest/storage-trouble.ts'
import type { Card } from '../views/card.ts'
import { noticeCard } from '../views/parts/answer-cards.ts'

/** A refusal in its own words; a bug as a short reference that the log has too. */
export function failureCard({ log, newId }: Pick<Context, 'log' | 'newId'>, error: unknown): Card {
  if (error instanceof BotError) return noticeCard('That did not work', error.message, error.hint)
  const trouble = storageTrouble(error)
  if (trouble !== undefined) {
    log.error({ err: error }, 'the database accepted nothing')
    return noticeCard('That did not work', `${trouble.sentence} Nothing was changed.`, trouble.hint)
  }
  const reference = newId().slice(0, 8)
  log.error({ reference, err: error }, 'a handler failed')
  return noticeCard(
    'Something broke',
    `This is a bug in Rounds; it is in the log as ${reference}.`,
    'Try again, or tell an admin this reference.',
  )
}
