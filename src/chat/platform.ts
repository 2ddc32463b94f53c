import type { Application } from 'express'
import type { Clock } from '../clock.ts'
import type { BrokenDestination } from '../domain/admin/broken-destination.ts'
import type { Log } from '../log.ts'
import type { AddressBook, ChatAdapter, Door } from './port.ts'

export type { BrokenDestination } from '../domain/admin/broken-destination.ts'

/** A chat platform: everything that the rest of Rounds has to know of it, whether it is on or off. */
export type Platform = {
  /** As the settings write it before a channel, and the people file before `_id`. */
  readonly name: string
  /**
   * Says from the environment whether the platform is wanted: undefined when it is not, and in words what is wrong.
   * `load` fetches its library only then, for that takes a while.
   */
  read(env: Readonly<Record<string, string | undefined>>): PlatformFound | undefined
  /** How Rounds is asked there, as its welcome ends; absent where its commands are written as they are. */
  readonly howToAsk?: string
  /** A text of the platform without what it puts around mentions and links. */
  withoutMarkup(text: string): string
  /** What examples have in place of a channel or a token of one's own. */
  readonly placeholder?: RegExp
  /** Whether a `DeliveryError` with this reason says that nothing at all gets through. */
  isLockedOut(reason: string): boolean
  /** What somebody does so that messages get through again, in whole sentences. */
  remedyFor(broken: BrokenDestination): string
  /** Absent where Rounds cannot be tried without an account. */
  readonly trial?: Trial
}

/** How Rounds is tried on a platform on one's own machine, without an account anywhere. */
export type Trial = {
  /** Where the other end looks for Rounds. */
  readonly port: string
  /** Where the demo posts. */
  readonly channel: { readonly id: string; readonly name: string }
  /** What turns the platform on. */
  readonly environment: Readonly<Record<string, string>>
  /** How to open the other end, and what to do there, line by line. */
  invitation(port: string): readonly string[]
}

export type PlatformFound =
  | { readonly problems: readonly string[] }
  | { load(): Promise<(parts: PlatformParts) => ChatAdapter> }

/** The remedy of the platform of that name. */
export function remedyOn(platforms: readonly Platform[], name: string, broken: BrokenDestination): string {
  const platform = platforms.find(platform => platform.name === name)
  return platform?.remedyFor(broken) ?? `Rounds does not know the platform ${name}: name another in the settings.`
}

/** What the service gives to every platform. */
export type PlatformParts = {
  readonly door: Door
  /** The service's Express application, before any body parser: a platform mounts its own routes. */
  readonly app: Application
  readonly log: Log
  readonly clock?: Clock
  readonly addresses: AddressBook
}
