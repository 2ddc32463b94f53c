import type { Context } from '../../context.ts'
import { BotError } from '../../errors.ts'
import { storageTrouble } from '../../ingest/storage-trouble.ts'
import { hasNoConnection, isUnreachable } from '../../store/engine/engines.ts'
import type { Card } from '../../views/card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'

const UNSAID = 'Check whether it changed anything before you try again.'

/**
 * A refusal in its own words; a bug as a short reference that the log has too. `isBegun`: something may have been written
 * before it failed, or be written although its answer was lost.
 */
export function failureCard({ log, newId }: Pick<Context, 'log' | 'newId'>, error: unknown, isBegun = true): Card {
  if (error instanceof BotError) return noticeCard('That did not work', error.message, error.hint)
  const trouble = storageTrouble(error)
  if (trouble !== undefined) {
    log.error({ err: error }, 'the database accepted nothing')
    const isUnsaid = isBegun && (isUnreachable(error) || hasNoConnection(error))
    return isUnsaid
      ? noticeCard('That may not have worked', `${trouble.sentence} ${UNSAID}`)
      : noticeCard('That did not work', `${trouble.sentence} Nothing was changed.`, trouble.hint)
  }
  const reference = newId().slice(0, 8)
  log.error({ reference, err: error }, 'a handler failed')
  return noticeCard(
    'Something broke',
    `This is a bug in Rounds; it is in the log as ${reference}.`,
    'Try again, or tell an admin this reference.',
  )
}
