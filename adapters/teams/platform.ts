import type { Platform } from '../../src/chat/platform.ts'
import { readPlatform } from '../read-platform.ts'
import { readTeamsConfig } from './config.ts'
import { isLockedOut } from './outbound/errors.ts'
import { remedyFor } from './outbound/remedy-for.ts'
import { trial } from './playground/trial.ts'
import { withoutMarkup } from './without-markup.ts'

/** The library of the Bot Framework takes half a second to load. */
export const teams: Platform = {
  name: 'teams',
  read: readPlatform(readTeamsConfig, async () => (await import('./index.ts')).createTeams),
  howToAsk:
    'Ask for an account by its name, as in "health acme"; in a channel, mention me before it. "help" lists every command.',
  withoutMarkup,
  isLockedOut,
  remedyFor,
  trial,
}
