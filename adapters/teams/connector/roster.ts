import * as z from 'zod'
import type { Outsider, Profile, Standing } from '../../../src/chat/port.ts'
import type { Clock } from '../../../src/clock.ts'
import { DeliveryError } from '../../../src/errors.ts'
import type { TeamsConfig } from '../config.ts'
import type { Transport } from '../transport.ts'
import type { Addresses } from './addresses.ts'
import { standingOf } from './standing.ts'

const member = z.object({
  id: z.string(),
  aadObjectId: z.string().nullish(),
  objectId: z.string().nullish(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  tenantId: z.string().nullish(),
  userRole: z.string().nullish(),
})
const page = z.object({ members: z.array(z.unknown()).nullish(), continuationToken: z.string().nullish() })

type Member = z.infer<typeof member>

export type Roster = {
  /** Who somebody is, asked in the conversation they were met in. Throws `DeliveryError`, as does the other. */
  profile(user: string): Promise<Profile>
  /**
   * The user with this e-mail address: known from before, else found among the members of a place that the bot is in, by
   * the id that the people file gives, for many have another address in Teams, or by the address.
   */
  userOf(email: string): Promise<string>
  /** The guests in a conversation, and its people of other tenants. */
  outsiders(serviceUrl: string, conversation: string): Promise<readonly Outsider[]>
}

const MOST_PAGES = 20
/** How long not to search again for somebody who was not found. */
const REST = 60_000

export function createRoster({
  transport,
  addresses,
  clock,
  config,
}: {
  readonly transport: Transport
  readonly addresses: Addresses
  readonly clock: Clock
  readonly config: Pick<TeamsConfig, 'app' | 'tenants'>
}): Roster {
  const missedAt = new Map<string, number>()

  return {
    async profile(user) {
      const { id, serviceUrl, metIn } = await addresses.user(user)
      const read = member.safeParse(await transport.member({ serviceUrl, conversation: metIn }, id))
      if (!read.success) return {}
      const standing = standingOf(read.data, config)
      const email = provenEmailOf(read.data, standing)
      if (email !== undefined) await addresses.keepEmail(email, user)
      return { standing, ...(email ? { email } : {}), ...(read.data.name ? { name: read.data.name } : {}) }
    },

    async outsiders(serviceUrl, conversation) {
      const found: Outsider[] = []
      for await (const members of pagesOf(page => transport.members({ serviceUrl, conversation }, page))) {
        for (const member of members) {
          const standing = standingOf(member, config)
          const email = provenEmailOf(member, standing)
          if (standing !== 'member') found.push({ userId: userIdOf(member), ...(email && { email }) })
        }
      }
      return found
    },

    async userOf(given) {
      const email = given.trim().toLowerCase()
      const known = await addresses.userOf(email)
      if (known !== undefined && (await addresses.knows(known))) return known
      if (Math.abs(clock() - (missedAt.get(email) ?? Number.NEGATIVE_INFINITY)) > REST) {
        const found = await search(email, known)
        if (found !== undefined) return found
        if (missedAt.size > MOST_MISSED) missedAt.clear()
        missedAt.set(email, clock())
      }
      if (known !== undefined) return known
      throw new DeliveryError('destination', NOT_FOUND)
    },
  }

  async function search(email: string, id: string | undefined): Promise<string | undefined> {
    for (const room of await addresses.rooms()) {
      const found = await searchIn(room, email, id)
      if (found !== undefined) return found
    }
    return undefined
  }

  async function searchIn(room: string, email: string, id: string | undefined): Promise<string | undefined> {
    const channel = await addresses.channel(room)
    for await (const members of pagesOf(page => pageOrNone(channel.serviceUrl, room, page))) {
      const found = members.find(one =>
        id === undefined ? provenEmailOf(one, standingOf(one, config))?.toLowerCase() === email : isUser(one, id),
      )
      if (found === undefined) continue
      const user = userIdOf(found)
      await addresses.keepMember(user, { service: channel, id: found.id, metIn: room })
      await addresses.keepEmail(email, user)
      return user
    }
    return undefined
  }

  /** A place that the bot was taken out of has nobody in it. */
  async function pageOrNone(serviceUrl: string, conversation: string, next: string | undefined): Promise<unknown> {
    try {
      return await transport.members({ serviceUrl, conversation }, next)
    } catch (error) {
      if (error instanceof DeliveryError && error.fault === 'destination') return undefined
      throw error
    }
  }
}

/** The members of a conversation, page by page. */
async function* pagesOf(fetchPage: (next: string | undefined) => Promise<unknown>): AsyncGenerator<readonly Member[]> {
  let next: string | undefined
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const { data } = page.safeParse(await fetchPage(next))
    yield (data?.members ?? []).flatMap(one => member.safeParse(one).data ?? [])
    next = data?.continuationToken || undefined
    if (next === undefined) return
  }
}

function userIdOf({ id, aadObjectId, objectId }: Member): string {
  return aadObjectId || objectId || id
}

const MOST_MISSED = 1_000
const NOT_FOUND = 'Nobody with this e-mail address has met Rounds in Teams: they can open a chat with it and say hello'

function isUser({ id, aadObjectId, objectId }: Member, user: string): boolean {
  return [aadObjectId, objectId, id].includes(user)
}

/** Another tenant may give its people any address, even one of ours. */
function provenEmailOf(member: Member, standing: Standing): string | undefined {
  return standing === 'outsider' ? undefined : emailOf(member)
}

/** The sign-in name of a guest only looks like an address. */
function emailOf({ email, userPrincipalName }: Member): string | undefined {
  return [email, userPrincipalName].find(text => text && /^[^\s@#]+@[^\s@]+$/.test(text)) ?? undefined
}
