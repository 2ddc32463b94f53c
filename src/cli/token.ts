import { randomBytes } from 'node:crypto'
import type { Duration } from '../domain/instant.ts'
import { parseDuration } from '../model/fields.ts'
import { createToken } from '../store/tokens.ts'
import { usage } from './arguments.ts'
import { printJson, type Shell, type Verb } from './shell.ts'

type Options = { name: string; expires?: string; json?: boolean; db?: string }

export const token: Verb = (program, shell) => {
  const verb = program.command('token').description('tokens with which signals may be sent over HTTP')
  verb
    .command('create')
    .description('make a token and print it, this once')
    .option('--name <name>', 'whose it is', 'ingest')
    .option('--expires <duration>', 'for how long it is good, such as 90d; for ever if left out')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action((options: Options) => create(shell, options))
  for (const later of ['list', 'revoke']) {
    verb
      .command(`${later} [arguments...]`)
      .description('not there yet')
      .allowUnknownOption()
      .action(() => {
        throw usage(`token ${later} is not there yet.`, 'Today tokens can be created, with --expires.')
      })
  }
}

async function create(shell: Shell, { name, expires, json, db }: Options): Promise<void> {
  const expiresIn = lengthOf(expires)
  const connection = await shell.open(db)
  const made = await createToken(connection.db, {
    name,
    scopes: ['ingest'],
    now: shell.clock(),
    randomBytes,
    ...(expiresIn !== undefined && { expiresIn }),
  })
  const until = made.expiresAt === undefined ? undefined : new Date(made.expiresAt).toISOString()
  if (json) {
    printJson(shell, { id: made.id, name, token: made.token, expires_at: until ?? null })
    return
  }
  shell.print(made.token)
  shell.note(`Keep it safe: it is not shown again.${until === undefined ? '' : ` It is good until ${until}.`}`)
}

function lengthOf(expires: string | undefined): Duration | undefined {
  const length = expires === undefined ? undefined : parseDuration(expires)
  if (expires !== undefined && length === undefined) {
    throw usage(`--expires "${expires}" is no length of time.`, 'Write a number and s, m, h, d or w, such as 90d.')
  }
  return length
}
