import type { Application } from 'express'
import type { AddressBook, ChatAdapter, Door } from '../src/chat/port.ts'
import type { Clock } from '../src/clock.ts'
import type { Log } from '../src/log.ts'
import { readSlackConfig } from './slack/config.ts'
import { readTeamsConfig } from './teams/config.ts'

/** What the service gives to every platform. */
export type PlatformParts = {
  readonly door: Door
  readonly app: Application
  readonly log: Log
  readonly clock?: Clock
  readonly addresses: AddressBook
}

type Env = Readonly<Record<string, string | undefined>>
type Problems = { readonly problems: readonly string[] }

/**
 * The chat platforms. `read` says from the environment whether one is wanted, and what is wrong; `load` fetches its
 * library only then, for Bolt alone takes a third of a second, and botbuilder half a one.
 */
export const platforms = [
  platform('slack', readSlackConfig, async () => (await import('./slack/index.ts')).createSlack),
  platform('teams', readTeamsConfig, async () => (await import('./teams/index.ts')).createTeams),
] as const

function platform<Config extends object>(
  name: string,
  readConfig: (env: Env) => Config | Problems | undefined,
  fetchCreate: () => Promise<(parts: PlatformParts & { readonly config: Config }) => ChatAdapter>,
) {
  return {
    name,
    read(env: Env) {
      const config = readConfig(env)
      if (config === undefined || 'problems' in config) return config
      const load = async () => {
        const create = await fetchCreate()
        return (parts: PlatformParts) => create({ ...parts, config })
      }
      return { load }
    },
  }
}
