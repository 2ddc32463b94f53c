import { helpCard } from '../views/help-card.ts'
import type { Command } from './command.ts'
import { VOCABULARY } from './vocabulary.ts'
import { audienceOf } from './with-account.ts'

export const help: Command = async (_context, request) => ({
  kind: 'card',
  card: helpCard(Object.values(VOCABULARY)),
  audience: audienceOf(request),
})
