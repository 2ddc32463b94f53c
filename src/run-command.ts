import { randomUUID } from 'node:crypto'
import { Command, CommanderError } from 'commander'
import { renderCard } from '../adapters/terminal/render-card.ts'
import { VERBS } from './cli/index.ts'
import type { Shell } from './cli/shell.ts'
import { systemClock } from './clock.ts'
import { asTypedHere } from './command-name.ts'
import { parseConfig } from './config.ts'
import { BotError } from './errors.ts'
import { loadSettings } from './model/settings.ts'
import { platforms } from './platforms.ts'
import { type Connection, damaged, isDamage, openDatabase } from './store/engine/sqlite/database.ts'
import { migrate } from './store/engine/sqlite/migrate.ts'

const BAD_USAGE = 64
const open: Connection[] = []
let exitCode = 0

loadEnvFile()
// Who reads only the first lines, as `head` does, has what they want.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
const config = () => parseConfig(process.env)

const shell: Shell = {
  clock: systemClock,
  newId: randomUUID,
  environment: process.env,
  platforms,
  settingsFolder: process.env.ROUNDS_CONFIG || undefined,
  settings: () => loadSettings(process.env.ROUNDS_CONFIG || undefined),
  databaseUrl: () => config().databaseUrl,
  open: async url => {
    const connection = openDatabase(url ?? config().databaseUrl)
    open.push(connection)
    await migrate(connection)
    return connection
  },
  // The service and the platforms are loaded only by the verbs that need them.
  send: async (connection, digest, { claim, url }) => {
    const { sendDigest } = await import('./cli-send.ts')
    return sendDigest({ connection, digest, claim, url: url ?? config().databaseUrl, env: process.env })
  },
  serve: async (env = process.env, onceUp) => (await import('./service.ts')).serveUntilStopped(env, onceUp),
  print: text => process.stdout.write(`${asTypedHere(text)}\n`),
  note: text => process.stderr.write(`${asTypedHere(text)}\n`),
  draw: card => renderCard(card, { columns: process.stdout.columns ?? 80, colours: process.stdout.isTTY === true }),
  isWatched: process.stderr.isTTY === true,
  exitWith: code => {
    exitCode = code
  },
}

const program = new Command('rounds')
  .description('Makes the morning rounds of your customer accounts.')
  .showHelpAfterError(asTypedHere('Write `rounds --help` for every verb.'))
  .showSuggestionAfterError()
for (const verb of VERBS) verb(program, shell)
for (const command of [program, ...program.commands.flatMap(verb => [verb, ...verb.commands])]) command.exitOverride()

try {
  await program.parseAsync(process.argv)
} catch (error) {
  exitCode = codeOf(error)
} finally {
  for (const connection of open) await connection.close()
}
process.exitCode = exitCode

/** Says a failure in words, and gives its exit code: 64 for bad usage, 1 for the rest. */
function codeOf(thrown: unknown): number {
  const error = isDamage(thrown) ? damaged(open[0]?.sqlite.name ?? '') : thrown
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_USAGE
  if (error instanceof BotError) {
    shell.note([error.message, ...(error.hint === undefined ? [] : [error.hint])].join('\n'))
    return error.code === 'usage' ? BAD_USAGE : 1
  }
  const reason = error instanceof Error ? error.message : String(error)
  shell.note(`Something broke: ${reason}. With LOG_LEVEL=debug the command says where.`)
  if (process.env.LOG_LEVEL === 'debug' && error instanceof Error) shell.note(error.stack ?? '')
  return 1
}

function loadEnvFile(): void {
  try {
    process.loadEnvFile('.env')
  } catch {
    // There need not be one.
  }
}
