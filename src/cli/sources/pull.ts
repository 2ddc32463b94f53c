import { BotError } from '../../errors.ts'
import { pullStripe } from '../../ingest/pull/pull-stripe.ts'
import { pullPostgres } from '../../work/sources/pull-postgres.ts'
import { usage } from '../arguments.ts'
import { printJson, type Shell, type Verb } from '../shell.ts'

type Options = { json?: boolean; db?: string }

export const pull: Verb = (program, shell) => {
  program
    .command('pull')
    .description('fetch new data from a PostgreSQL warehouse or from Stripe, as set in sources.yaml')
    .argument('<source>', 'postgres or stripe')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database of Rounds')
    .action((source: string, options: Options) => pullFrom(shell, source, options))
}

function pullFrom(shell: Shell, source: string, options: Options): Promise<void> {
  if (source === 'postgres') return fromPostgres(shell, options)
  if (source === 'stripe') return fromStripe(shell, options)
  throw usage(`Rounds cannot pull from "${source}".`, 'Write postgres or stripe.')
}

async function fromPostgres(shell: Shell, { json, db }: Options): Promise<void> {
  const { postgres } = shell.settings().sources
  if (postgres.length === 0) throw notNamed('postgres')
  const connection = await shell.open(db, { mayBeNew: true })
  const { environment, clock } = shell
  const { pulled, faults } = await pullPostgres({ connection, environment, clock }, postgres, 'all')
  if (json) printJson(shell, { pulled, faults })
  else {
    for (const { metric, read, added, changed, unchanged, rejected, reason } of pulled) {
      const why = reason === undefined ? '' : `, the first because ${reason}`
      shell.print(
        `${metric}: ${read} read, ${added} added, ${changed} changed, ${unchanged} unchanged, ${rejected} rejected${why}`,
      )
    }
  }
  for (const fault of faults) shell.note(fault)
  if (faults.length > 0) shell.exitWith(1)
  else if (pulled.some(({ rejected }) => rejected > 0)) shell.exitWith(2)
}

async function fromStripe(shell: Shell, { json, db }: Options): Promise<void> {
  const { stripe } = shell.settings().sources
  if (stripe === undefined) throw notNamed('stripe')
  const name = stripe.key_env ?? 'STRIPE_API_KEY'
  const key = shell.environment[name]
  if (!key) throw new BotError('no_key', `${name} is not set.`, 'Set it to a restricted key of Stripe that may read.')
  const connection = await shell.open(db, { mayBeNew: true })
  const access = { key, url: shell.environment.STRIPE_API_URL || undefined }
  const { read } = await pullStripe(connection, access, stripe.account, shell.clock()).catch(error => {
    if (error instanceof Error && 'type' in error && String(error.type).startsWith('Stripe')) {
      throw new BotError('stripe_refused', `Stripe refused: ${error.message}`, `Check ${name}.`)
    }
    throw error
  })
  if (json) printJson(shell, { read })
  else shell.print(`stripe: ${read} read`)
}

function notNamed(source: string): BotError {
  return new BotError('no_source', `sources.yaml does not name ${source}.`, 'Add it there; see docs/data.md.')
}
