import { rmSync } from 'node:fs'
import { loadPortfolio } from '../demo/load-portfolio.ts'
import { demoPortfolio } from '../demo/portfolio.ts'
import { DAY, dayOf } from '../domain/instant.ts'
import { BotError } from '../errors.ts'
import { digestsSchema } from '../model/digests.ts'
import { DEFAULT_PRESET, readPreset } from '../model/presets.ts'
import { routesSchema } from '../model/routes.ts'
import { modelIn, type Settings } from '../model/settings.ts'
import { buildDigest, recordAsTold } from '../operations/digest.ts'
import { fillHistory } from '../operations/fill-history.ts'
import { findOneAccount } from '../operations/find-account.ts'
import { scoreAccounts } from '../operations/score.ts'
import { scoringInstant } from '../operations/slots.ts'
import { summariseAccount } from '../operations/summarise-account.ts'
import { listAccounts } from '../store/account-list.ts'
import { accountCard } from '../views/account-card.ts'
import { instantArgument, usage } from './arguments.ts'
import { withProgress } from './progress.ts'
import type { Shell, Verb } from './shell.ts'

type Options = { preset: string; seed: string; db?: string; day?: string }

/** Made anew by each demo that names no other. */
const OWN_DATABASE = 'rounds-demo.db'

const DAYS = 120

export const demo: Verb = (program, shell) => {
  program
    .command('demo')
    .description('the product at work, on a made-up portfolio in a database of its own')
    .option('--preset <name>', 'the health model to show', DEFAULT_PRESET)
    .option('--seed <number>', 'another portfolio', '1')
    .option('--day <day>', 'the last morning, instead of today')
    .option('--db <url>', `the database, instead of a fresh ${OWN_DATABASE}`)
    .action(async ({ preset, seed, db, day }: Options) => {
      if (!/^\d+$/.test(seed)) throw usage(`--seed "${seed}" is no number.`, 'Write a whole number.')
      const endsOn = dayOf(day === undefined ? shell.clock() : instantArgument('--day', day))
      const settings = demoSettings(preset)
      if (db === undefined) removeOwnDatabase()
      const url = db ?? `sqlite:./${OWN_DATABASE}`
      const connection = await shell.open(url)
      if ((await listAccounts(connection.db)).length > 0) {
        throw new BotError(
          'not_empty',
          `The database ${url} holds accounts already.`,
          'Remove the file, or name another with --db sqlite:FILE.',
        )
      }
      await tellTheStory(shell, settings, { preset, seed: Number(seed), db: url, endsOn })
    })
}

function removeOwnDatabase(): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${OWN_DATABASE}${end}`, { force: true })
}

type Story = { readonly preset: string; readonly seed: number; readonly db: string; readonly endsOn: string }

/** Loads, scores day by day in silence, then lives through the last morning. */
async function tellTheStory(shell: Shell, settings: Settings, { preset, seed, db, endsOn }: Story): Promise<void> {
  const { model, routes } = settings
  const connection = await shell.open(db)
  const portfolio = demoPortfolio({ seed, endsOn, preset })
  await loadPortfolio(connection, portfolio)
  shell.print(
    `Loaded ${portfolio.accounts.length} accounts with ${portfolio.signals.length.toLocaleString('en-US')} signals of ${DAYS} days.`,
  )

  const instants = Array.from({ length: DAYS }, (_, at) => dayOf(Date.parse(endsOn) - (DAYS - 1 - at) * DAY)).map(day =>
    scoringInstant(routes.scoring, day),
  )
  const [digest] = settings.digests
  const [eve = 0, morning = 0] = instants.slice(-2)
  if (digest === undefined) throw new Error('the demo has a digest')
  await withProgress(shell, `Scoring ${DAYS} days`, portfolio.accounts.length, 'accounts', advance =>
    fillHistory(connection, model, instants.slice(0, -1), advance),
  )
  await recordAsTold(connection.db, await buildDigest(connection, settings, digest, eve))
  await scoreAccounts(connection, { model, at: morning, newId: shell.newId, accounts: 'all', purpose: 'slot' })

  const built = await buildDigest(connection, settings, digest, morning)
  shell.print(`\nThe digest of ${endsOn}, as a channel would get it:\n`)
  shell.print(shell.draw(built.card))
  const name = built.news.sections[0]?.items[0]?.account.id ?? portfolio.accounts[0]?.id ?? ''
  const account = await findOneAccount(connection, name, morning)
  shell.print(`\nAnd /health ${account.name}:\n`)
  const source = { connection, settings: () => settings }
  shell.print(shell.draw(accountCard(model, await summariseAccount(source, account, morning))))
  shell.print(nextSteps(db, account.id))
}

/** One channel that nobody has to have. */
function demoSettings(preset: string): Settings {
  const modelText = readPreset(preset)
  const { model } = modelIn(`the preset ${preset}`, modelText)
  const { digests } = digestsSchema.parse({
    digests: [{ name: 'morning', schedule: '0 8 * * *', to: 'slack:demo', show: { arr: true } }],
  })
  return { model, modelText, digests, routes: routesSchema.parse({}) }
}

function nextSteps(db: string, account: string): string {
  const command = (words: string) => `  npm run --silent rounds -- ${words} --db ${db}`
  return [
    '\nTry next, on the same database:',
    command(`show ${account}`),
    command('list --band at-risk'),
    command('list --sort change'),
    command(`history ${account}`),
    command('transitions'),
  ].join('\n')
}
