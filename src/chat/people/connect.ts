import { randomInt } from 'node:crypto'
import type { Context } from '../../context.ts'
import { BotError } from '../../errors.ts'
import { saveConnectCode } from '../../store/assistants/connect-codes.ts'
import { connectionsOf, endConnection } from '../../store/assistants/connections.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { connectionsCard } from '../../views/people/connections-card.ts'
import { identify } from '../../work/people/identify.ts'
import type { ButtonHandler } from '../button-handler.ts'
import type { Command } from '../command.ts'
import type { Actor } from '../port.ts'

/** Gives the caller a code to connect an assistant, and lists their connected ones; `list` makes no new code. */
export const connect: Command = async (context, { actor }, rest) => {
  const email = await emailOf(context, actor)
  const now = context.clock()
  const { db } = context.connection
  const code = rest.trim().toLowerCase() === 'list' ? undefined : newCode()
  if (code !== undefined) await saveConnectCode(db, email, code, now)
  return { kind: 'card', card: connectionsCard(code, await connectionsOf(db, email), now), audience: 'caller' }
}

/** Ends one of the caller's connections, at once. */
export const disconnect: ButtonHandler = async (context, { actor, value: id }) => {
  const email = await emailOf(context, actor)
  const { db } = context.connection
  const now = context.clock()
  const isEnded = await endConnection(db, id, email, now)
  if (isEnded) await recordAudit(db, { at: now, who: email, act: 'assistant.disconnect', subject: id })
  const sentence = isEnded ? 'The assistant can no longer ask for you.' : 'This connection has ended already.'
  return { kind: 'card', card: noticeCard('Ended', sentence), audience: 'caller', isResult: true }
}

async function emailOf(context: Context, actor: Actor): Promise<string> {
  const { email, isKnown } = await identify(context, actor)
  if (email !== undefined && isKnown) return email
  throw new BotError(
    'unknown_person',
    'I do not know you yet, so no assistant can ask for you.',
    'An admin can add you with `rounds import people`.',
  )
}

/** Without what looks alike; 40 bits. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

function newCode(): string {
  return Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}
