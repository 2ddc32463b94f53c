import type { Command } from 'commander'
import type { Platform } from '../chat/platform.ts'
import type { Clock } from '../clock.ts'
import type { Environment } from '../config.ts'
import type { Settings } from '../model/settings.ts'
import type { Service } from '../service.ts'
import type { Claim } from '../store/claims/claims.ts'
import type { Connection } from '../store/engine/engine.ts'
import type { Card } from '../views/card.ts'
import type { BuiltDigest } from '../work/digests/build-digest.ts'

/** What a verb of the command line may use of the world; `cli.ts` makes the real one. */
export type Shell = {
  readonly clock: Clock
  readonly newId: () => string
  readonly environment: Environment
  /** All chat platforms, on or off. */
  readonly platforms: readonly Platform[]
  /** The folder of ROUNDS_CONFIG, if it is set. */
  readonly settingsFolder: string | undefined
  /** The settings of the environment's folder; throws what is wrong with them. */
  settings(): Settings
  /** Where the database of the environment is. */
  databaseUrl(): string
  /** Opens the database of `--db`, else of the environment, brought up to date. Closed when the verb ends. */
  open(url?: string, options?: OpenOptions): Promise<Connection>
  /** Sends a digest: by itself, or through the service that runs on the same database. Throws when it did not go out. */
  send(connection: Connection, digest: BuiltDigest, how: SendOptions): Promise<void>
  /** Runs the service until it is told to stop; `onceUp` runs meanwhile, until `stop` fires. */
  serve(env?: Environment, onceUp?: (service: Service, stop: AbortSignal) => Promise<void>): Promise<void>
  /** Serves an assistant for this person over stdin and stdout, until stdin ends. */
  assist(connection: Connection, email: string): Promise<void>
  /** To stdout: the answer, and nothing else. */
  print(text: string): void
  /** To stderr: progress, hints, what was refused. */
  note(text: string): void
  draw(card: Card): Promise<string>
  /** Whether somebody watches stderr: progress bars are drawn only then. */
  readonly isWatched: boolean
  /** 0 done, 1 failed, 2 done but some rows were rejected. Unset it is 0. */
  exitWith(code: 0 | 1 | 2): void
}

export type OpenOptions = {
  /** Whether the verb may create the database of `--db`; others refuse one that is not there, which may be mistyped. */
  readonly mayBeNew?: boolean
  /** A copy that was broken off is opened only to go on with it. */
  readonly mayBeUnfinished?: boolean
}

/** `url` is the database; the claim is renewed while it takes long. */
export type SendOptions = { readonly claim: Claim; readonly url?: string | undefined }

/** One file per verb in this folder: declares itself on the program. */
export type Verb = (program: Command, shell: Shell) => void

/** `--json`: one document on stdout. */
export function printJson(shell: Shell, document: unknown): void {
  shell.print(JSON.stringify(document))
}
