import { helpCard } from '../../views/admin/help-card.ts'
import { audienceOf } from '../accounts/with-account.ts'
import type { Command } from '../command.ts'
import { VOCABULARY } from './vocabulary.ts'

export const help: Command = async (_context, request) => ({
  kind: 'card',
  card: helpCard(Object.values(VOCABULARY)),
  audience: audienceOf(request),
})
