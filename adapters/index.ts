import { readSlackConfig } from './slack/config.ts'

/**
 * The chat platforms. `read` says from the environment whether one is wanted, and what is wrong; `load` fetches its
 * library only then, for Bolt alone takes a third of a second.
 */
export const platforms = [
  { name: 'slack', read: readSlackConfig, load: async () => (await import('./slack/index.ts')).createSlack },
] as const
