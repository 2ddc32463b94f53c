import type { WebClient } from '@slack/web-api'
import type { Actor, Door } from '../../../src/chat/port.ts'
import type { Log } from '../../../src/log.ts'

/** What every listener works with. */
export type Desk = {
  readonly client: WebClient
  readonly door: Door
  readonly log: Log
  /** Who acts, with the teams that the request says they belong to. */
  readonly actor: (userId: string, ...teams: readonly unknown[]) => Actor
}
