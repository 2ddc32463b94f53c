import type { Application } from 'express'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { AddressBook, ChatAdapter, Door } from './port.ts'

/** A chat platform: everything that the rest of Rounds has to know of it, whether it is on or off. */
export type Platform = {
  /** As the settings write it before a channel, and the people file before `_id`. */
  readonly name: string
  /**
   * Says from the environment whether the platform is wanted: undefined when it is not, and in words what is wrong.
   * `load` fetches its library only then, for that takes a while.
   */
  read(env: Readonly<Record<string, string | undefined>>): PlatformFound | undefined
}

export type PlatformFound =
  | { readonly problems: readonly string[] }
  | { load(): Promise<(parts: PlatformParts) => ChatAdapter> }

/** What the service gives to every platform. */
export type PlatformParts = {
  readonly door: Door
  /** The service's Express application, before any body parser: a platform mounts its own routes. */
  readonly app: Application
  readonly log: Log
  readonly clock?: Clock
  readonly addresses: AddressBook
}
