import * as z from 'zod'
import type { Clock } from '../../../src/clock.ts'
import { DeliveryError } from '../../../src/errors.ts'
import type { Transport } from '../transport.ts'
import type { Addresses } from './addresses.ts'

/** A channel of a team that the bot is in: "Customer Success › general". */
export type NamedChannel = { readonly id: string; readonly name: string }

export type Channels = {
  /** By what is typed of a name. Throws `DeliveryError`, as does the other. */
  suggest(text: string): Promise<readonly NamedChannel[]>
  nameOf(id: string): Promise<string | undefined>
}

/** How long Teams' answer about its channels is trusted. */
const FRESH = 60_000
const MOST_OFFERED = 100

type Parts = {
  readonly transport: Pick<Transport, 'team' | 'channels'>
  readonly addresses: Pick<Addresses, 'teams' | 'channel'>
  readonly clock: Clock
}

export function createChannels({ transport, addresses, clock }: Parts): Channels {
  let last: { readonly at: number; readonly channels: Promise<readonly NamedChannel[]> } | undefined

  /** Everybody who types meanwhile waits for the same answer; a failed request is repeated. */
  function all(): Promise<readonly NamedChannel[]> {
    const now = clock()
    if (last !== undefined && Math.abs(now - last.at) < FRESH) return last.channels
    const asked = { at: now, channels: ask() }
    last = asked
    asked.channels.catch(() => {
      if (last === asked) last = undefined
    })
    return asked.channels
  }

  async function ask(): Promise<readonly NamedChannel[]> {
    const teams = await addresses.teams()
    const channels = (await Promise.all(teams.map(channelsOf))).flat()
    return channels.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** A team that the bot was taken out of has no channels for it. */
  async function channelsOf({ team, channel }: { team: string; channel: string }): Promise<NamedChannel[]> {
    const { serviceUrl } = await addresses.channel(channel)
    try {
      const [about, list] = await Promise.all([transport.team(serviceUrl, team), transport.channels(serviceUrl, team)])
      const { name: teamName } = named.parse(about)
      return listed.parse(list).conversations.map(({ id, name }) => ({
        id,
        // the first channel of a team has the team's own id, and no name
        name: [teamName, name || 'General'].filter(Boolean).join(' › '),
      }))
    } catch (error) {
      if (error instanceof z.ZodError) return []
      if (error instanceof DeliveryError && error.fault === 'destination') return []
      throw error
    }
  }

  return {
    async suggest(text) {
      const typed = text.trim().toLowerCase()
      return (await all()).filter(({ name }) => name.toLowerCase().includes(typed)).slice(0, MOST_OFFERED)
    },
    nameOf: async id => (await all()).find(channel => channel.id === id)?.name,
  }
}

const named = z.object({ name: z.string().nullish() })
const listed = z.object({ conversations: z.array(z.object({ id: z.string(), name: z.string().nullish() })) })
