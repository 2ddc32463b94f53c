import { helpCard } from '../views/help-card.ts'
import type { Command } from './command.ts'
import { VOCABULARY } from './vocabulary.ts'

export const help: Command = async () => ({
  kind: 'card',
  card: helpCard(Object.values(VOCABULARY)),
  audience: 'caller',
})
