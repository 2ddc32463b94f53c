import { BotError } from '../../errors.ts'
import type { Card } from '../../views/card.ts'
import type { Reply, SubmissionReply } from '../port.ts'

/** What a button or a form answered; a field that is wrong is refused in its own sentence. */
export function cardOfReply(reply: Reply | SubmissionReply): Card {
  if (reply.kind === 'card') return reply.card
  if (reply.kind === 'errors') throw new BotError('wrong_arguments', Object.values(reply.errors).join(' '))
  throw new BotError('no_answer', 'There is nothing to show here.', 'Ask in chat.')
}
