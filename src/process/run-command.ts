import { randomUUID } from 'node:crypto'
import { Command, CommanderError, type OutputConfiguration } from 'commander'
import { linesFor } from '../../adapters/terminal/lines.ts'
import { renderCard } from '../../adapters/terminal/render-card.ts'
import { verbsFor } from '../cli/index.ts'
import type { Shell, Verb } from '../cli/shell.ts'
import { usageRefusal } from '../cli/usage-refusal.ts'
import { systemClock } from '../clock.ts'
import { asTypedHere } from '../command-name.ts'
import { type Environment, parseConfig } from '../config.ts'
import { BotError } from '../errors.ts'
import { inWords } from '../ingest/storage-trouble.ts'
import { parseYaml } from '../model/schema/yaml.ts'
import { loadSettings } from '../model/settings.ts'
import { namesOf, platforms } from '../platforms.ts'
import { cachedYaml } from '../startup/cached-yaml.ts'
import { refuseUnfinishedCopy } from '../store/copy/copy-tables.ts'
import type { Connection } from '../store/engine/engine.ts'
import { damageError, databaseName, isDamage, isThere, openDatabase } from '../store/engine/engines.ts'
import { migrate } from '../store/engine/schema/migrate.ts'

const BAD_USAGE = 64

/** Where a command runs: its environment and its terminal. `cli.ts` passes those of the process. */
export type CommandHost = {
  readonly environment: Environment
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly columns: number
  readonly colors: boolean
  /** Whether a person is watching stderr. */
  readonly isWatched: boolean
  /** Where this build of the program may cache what it parsed. */
  readonly cacheFolder?: string
}

/** Runs a verb, as `rounds VERB ...` does, and returns its exit code. */
export async function runCommand(words: readonly string[], host: CommandHost): Promise<number> {
  const { environment, out, err, columns, colors, isWatched, cacheFolder } = host
  const readYaml = cacheFolder === undefined ? parseYaml : cachedYaml(cacheFolder)
  const open: Connection[] = []
  let exitCode = 0
  const config = () => parseConfig(environment)
  const note = (text: string) => err(`${asTypedHere(text)}\n`)
  const shell: Shell = {
    clock: systemClock,
    newId: randomUUID,
    environment,
    platforms,
    settingsFolder: environment.ROUNDS_CONFIG || undefined,
    settings: () => loadSettings(environment.ROUNDS_CONFIG || undefined, namesOf(platforms), readYaml),
    databaseUrl: () => config().databaseUrl,
    open: async (url, { mayBeNew = false, mayBeUnfinished = false } = {}) => {
      const { databaseUrl, connections, readUrl } = config()
      if (url !== undefined && !mayBeNew && !isThere(url)) throw noDatabase(url)
      const connection = openDatabase(url ?? databaseUrl, { connections, ...(url === undefined && { readUrl }) })
      open.push(connection)
      await migrate(connection)
      if (!mayBeUnfinished) await refuseUnfinishedCopy(connection)
      return connection
    },
    // The service and the platforms are loaded only by the verbs that need them.
    send: async (connection, digest, { claim, url }) => {
      const { sendDigest } = await import('./cli-send.ts')
      return sendDigest({ connection, digest, claim, url: url ?? config().databaseUrl, env: environment })
    },
    serve: async (env = environment, onceUp) =>
      (await import('./serve-until-stopped.ts')).serveUntilStopped(env, onceUp),
    assist: async (connection, email) => (await import('./cli-assist.ts')).assist(shell, connection, email),
    print: text => out(`${asTypedHere(text)}\n`),
    note,
    draw: async card => renderCard(card, { columns, colors, lines: await linesFor(card) }),
    isWatched,
    exitWith: code => {
      exitCode = code
    },
  }
  try {
    const program = programOf(shell, await verbsFor(words), { writeOut: out, writeErr: err })
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    const failure = isDamage(error) ? damageError(open[0]?.engine.name ?? '') : inWords(error)
    exitCode = sayFailure(failure, note, environment)
  } finally {
    for (const connection of open) await connection.close()
  }
  return exitCode
}

function programOf(shell: Shell, verbs: readonly Verb[], output: OutputConfiguration): Command {
  const program = new Command('rounds')
    .description('Tracks the health of your customer accounts.')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .configureOutput({ ...output, outputError: (text, write) => write(usageRefusal(text)) })
    .showHelpAfterError(asTypedHere('`rounds --help` lists every command.'))
    .showSuggestionAfterError()
  for (const verb of verbs) verb(program, shell)
  for (const command of [program, ...program.commands.flatMap(verb => [verb, ...verb.commands])])
    command.exitOverride().helpOption('-h, --help', 'show this help')
  return program
}

function noDatabase(url: string): BotError {
  return new BotError(
    'no_database',
    `There is no database ${databaseName(url)}.`,
    'Check --db. A first `rounds import accounts FILE` creates a database.',
  )
}

/** Says a failure in words, and returns its exit code: 64 for bad usage, 1 for the rest. */
function sayFailure(error: unknown, note: (text: string) => void, { LOG_LEVEL }: Environment): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_USAGE
  if (error instanceof BotError) {
    note([error.message, ...(error.hint === undefined ? [] : [error.hint])].join('\n'))
    return error.code === 'usage' ? BAD_USAGE : 1
  }
  const reason = error instanceof Error ? error.message : String(error)
  note(`Something broke: ${reason}. With LOG_LEVEL=debug the command says where.`)
  if (LOG_LEVEL === 'debug' && error instanceof Error) note(error.stack ?? '')
  return 1
}
