import { existsSync, rmSync } from 'node:fs'
import { findOneAccount } from '../../chat/accounts/find/find-account.ts'
import { summarizeAccount } from '../../chat/accounts/summarize-account.ts'
import { COMMAND } from '../../command-name.ts'
import { lastScoredDay } from '../../demo/made-up-past.ts'
import { dayOf } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import { digestsSchema } from '../../model/digests.ts'
import { DEFAULT_PRESET, readPreset } from '../../model/presets.ts'
import { routesSchema } from '../../model/routes.ts'
import { modelIn, type Settings } from '../../model/settings.ts'
import { sourcesSchema } from '../../model/sources.ts'
import { listAccounts } from '../../store/accounts/account-list.ts'
import { holdsOnlyDemo } from '../../store/demo/demo-mark.ts'
import { databaseName, takeServiceLock } from '../../store/engine/engines.ts'
import { accountCard } from '../../views/accounts/account-card.ts'
import { buildDigest } from '../../work/digests/build-digest.ts'
import { scoreAccounts } from '../../work/scoring/score.ts'
import { instantArgument, usage } from '../arguments.ts'
import type { Shell, Verb } from '../shell.ts'
import { serveTheMorning, trialSettings } from './demo-serve.ts'
import { liveThrough, type Story } from './demo-story.ts'

type Options = { preset: string; seed: string; db?: string; day?: string; serve?: true; port?: string }

/** Made again by each demo that names no other. */
const OWN_DATABASE = 'rounds-demo.db'

export const demo: Verb = (program, shell) => {
  program
    .command('demo')
    .description('show Rounds with made-up customers, in a separate database')
    .option('--preset <name>', 'the health model to show', DEFAULT_PRESET)
    .option('--seed <number>', 'a number that makes other customers', '1')
    .option('--day <day>', 'the last day of the story (default: today)')
    .option('--db <url>', `the database (default: a fresh ${OWN_DATABASE})`)
    .option('--serve', 'run it as a bot that you can talk to on this machine, without an account')
    .option('--port <number>', 'the port of --serve')
    .action(async ({ preset, seed, db, day, serve, port }: Options) => {
      if (!/^\d+$/.test(seed)) throw usage(`--seed "${seed}" is not a valid number.`, 'Write a whole number.')
      if (serve && day !== undefined) {
        throw usage('--serve shows today, --day shows a day in the past.', 'Leave out one of them.')
      }
      const settings = serve ? trialSettings(shell, preset) : demoSettings(preset)
      const endsOn = day === undefined ? lastScoredDay(settings, shell.clock()) : dayOf(instantArgument('--day', day))
      const url = db ?? `sqlite:./${OWN_DATABASE}`
      await refuseIfServed(url)
      if (db === undefined) await removeOwnDatabase(shell, url)
      const connection = await shell.open(url, { mayBeNew: true })
      if ((await listAccounts(connection.db)).length > 0) {
        throw new BotError(
          'not_empty',
          `The database ${url} already holds accounts.`,
          'Remove the file, or name another with --db sqlite:FILE.',
        )
      }
      shell.print(`Rounds on Node ${process.version}`)
      const story = await liveThrough(shell, connection, settings, { preset, seed: Number(seed), db: url, endsOn })
      await (serve ? serveTheMorning(shell, story, port) : tellTheMorning(shell, story))
    })
}

/** Never under the feet of a demo that is being served. */
async function refuseIfServed(url: string): Promise<void> {
  const lock = await takeServiceLock(url)
  if (lock === undefined)
    throw new BotError(
      'served',
      `Rounds is running on ${databaseName(url)}.`,
      'Stop it first, or name another with --db.',
    )
  await lock.release()
}

/** Made again, unless somebody has put anything into it since. */
async function removeOwnDatabase(shell: Shell, url: string): Promise<void> {
  if (existsSync(OWN_DATABASE)) {
    const connection = await shell.open(url, { mayBeNew: true })
    const isOnlyDemo = await holdsOnlyDemo(connection.db)
    await connection.close()
    if (!isOnlyDemo) {
      throw new BotError(
        'not_only_demo',
        `${OWN_DATABASE} holds more than the demo made: imports, or what people did. Nothing was deleted.`,
        `Keep it under another name, delete it yourself, or name another file with --db sqlite:FILE.`,
      )
    }
  }
  for (const end of ['', '-wal', '-shm']) rmSync(`${OWN_DATABASE}${end}`, { force: true })
}

/** The last morning, on paper. */
async function tellTheMorning(shell: Shell, story: Story): Promise<void> {
  const { connection, settings, digest, db, endsOn, morning } = story
  const { model } = settings
  await scoreAccounts(connection, { model, at: morning, newId: shell.newId, accounts: 'all', purpose: 'slot' })
  const built = await buildDigest(connection, settings, digest, morning)
  shell.print(`\nThe digest of ${endsOn}, as a channel would get it:\n`)
  shell.print(await shell.draw(built.card))
  const name = built.news.sections[0]?.items[0]?.account.id ?? story.anyAccount
  const account = await findOneAccount(connection, name, morning)
  shell.print(`\nAnd /health ${account.name}:\n`)
  const { summary } = await summarizeAccount(connection, model, account, morning)
  shell.print(await shell.draw(accountCard(model, summary)))
  shell.print(nextSteps(db, account.id))
}

/** One channel that nobody has to have. */
function demoSettings(preset: string): Settings {
  const modelText = readPreset(preset)
  const { model } = modelIn(`the preset ${preset}`, modelText)
  const { digests } = digestsSchema.parse({
    digests: [{ name: 'morning', schedule: '0 8 * * *', to: 'terminal:demo', show: { arr: true } }],
  })
  return { model, modelText, digests, routes: routesSchema.parse({}), sources: sourcesSchema.parse({}) }
}

function nextSteps(db: string, account: string): string {
  const command = (words: string) => `  ${COMMAND} ${words} --db ${databaseName(db)}`
  return [
    '\nTry next, on the same database:',
    command(`show ${account}`),
    command('list --band at-risk'),
    command('list --sort change'),
    command(`history ${account}`),
    command('transitions'),
    `Or talk to it, in a browser and without an account: ${COMMAND} demo --serve`,
  ].join('\n')
}
