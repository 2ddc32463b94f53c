import type { Platform } from '../../src/chat/platform.ts'
import { readPlatform } from '../read-platform.ts'
import { readTeamsConfig } from './config.ts'

/** The library of the Bot Framework takes half a second to load. */
export const teams: Platform = {
  name: 'teams',
  read: readPlatform(readTeamsConfig, async () => (await import('./index.ts')).createTeams),
}
