import type { WebClient } from '@slack/web-api'
import type { Log } from '../../../src/log.ts'
import { readBotUser } from '../bolt/web-client.ts'

/** The workspaces, and on Enterprise Grid the organization, whose people belong to the company. */
export type Company = {
  readonly ids: ReadonlySet<string>
  /** Whether the workspace is one of an organization, so that a workspace's id alone does not tell whose it is. */
  readonly isGrid: boolean
}

export type KnownCompany = {
  /** Asks Slack, which also proves the token. Throws `DeliveryError` when it refuses that. */
  ask(): Promise<void>
  /** The same, unless that is known already. */
  learn(): Promise<void>
  /** Undefined until Slack has answered. */
  company(): Company | undefined
  botUserId(): string | undefined
}

export function knownCompany(client: WebClient, teams: readonly string[], log: Log): KnownCompany {
  let bot: Awaited<ReturnType<typeof readBotUser>>
  const ask = async () => {
    bot = (await readBotUser(client, log)) ?? bot
  }
  return {
    ask,
    learn: async () => (bot === undefined ? ask() : undefined),
    company() {
      if (bot?.team === undefined) return undefined
      const { team, enterprise } = bot
      return { ids: new Set([team, ...(enterprise ? [enterprise] : []), ...teams]), isGrid: enterprise !== undefined }
    },
    botUserId: () => bot?.user,
  }
}
