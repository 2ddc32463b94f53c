import type { Door } from '../../../src/chat/port.ts'
import type { Log } from '../../../src/log.ts'
import type { TeamsConfig } from '../config.ts'
import type { Addresses } from '../connector/addresses.ts'
import type { Roster } from '../connector/roster.ts'
import type { OfferedFiles } from '../outbound/offered-files.ts'
import type { Transport } from '../transport.ts'

/** What every listener works with. */
export type Desk = {
  readonly transport: Transport
  readonly addresses: Addresses
  readonly roster: Roster
  readonly door: Door
  readonly log: Log
  readonly config: TeamsConfig
  readonly files: OfferedFiles
  /** Whether forms open in windows of their own, and accounts can be looked up in them. */
  readonly dialogs: boolean
}
