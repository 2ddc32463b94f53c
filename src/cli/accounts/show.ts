import { findOneAccount } from '../../chat/accounts/find/find-account.ts'
import { accountHealthDocument } from '../../documents/account-health.ts'
import { evidenceOf } from '../../domain/scoring/readings/evidence.ts'
import { isoTime } from '../../domain/time/iso-time.ts'
import { listAccounts } from '../../store/accounts/account-list.ts'
import { retirementOrNone } from '../../store/accounts/customers.ts'
import { firstSignalOrNone } from '../../store/scoring/first-signals.ts'
import { connections } from '../../store/scoring/metric-connections.ts'
import { readSignals } from '../../store/scoring/observations.ts'
import { explanationCard } from '../../views/accounts/explanation-card.ts'
import { checkAccount } from '../../work/accounts/check-account.ts'
import { chanceOfAccounts } from '../../work/outcomes/shown-chance.ts'
import { instantArgument, usage } from '../arguments.ts'
import { printJson, type Verb } from '../shell.ts'

type Options = { all?: boolean; asOf?: string; knownAt?: string; json?: boolean; db?: string }

export const show: Verb = (program, shell) => {
  program
    .command('show')
    .description('explain the score of one account, or of all')
    .argument('[account]', 'its id or name')
    .option('--all', 'every account')
    .option('--as-of <time>', 'as of this time instead of now')
    .option('--known-at <time>', 'with what was known at this time')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (name: string | undefined, options: Options) => {
      if ((name === undefined) === (options.all !== true)) throw usage('Name an account, or write --all.')
      const { model } = shell.settings()
      const connection = await shell.open(options.db)
      const now = shell.clock()
      const at = options.asOf === undefined ? now : instantArgument('--as-of', options.asOf)
      const knownAt = options.knownAt === undefined ? undefined : instantArgument('--known-at', options.knownAt)
      if (at > now) shell.note(`${options.asOf} is in the future. This is what today's data would say then.`)
      const accounts =
        name === undefined ? await listAccounts(connection.db) : [await findOneAccount(connection, name, now)]
      const connectedAt = await connections(connection.db, knownAt)
      const chanceOf = await chanceOfAccounts(connection.db, model, Math.min(at, knownAt ?? at))
      const documents: unknown[] = []
      for (const account of accounts) {
        const checked = await checkAccount(connection, model, account, at, { knownAt, connectedAt })
        const first = await firstSignalOrNone(connection.db, account.key)
        if (first === undefined || first > at)
          shell.note(`Nothing was observed about ${account.name} up to ${isoTime(at)}.`)
        const retirement = name === undefined ? undefined : await retirementOrNone(connection.db, account.key)
        if (retirement !== undefined) shell.note(`${account.name} is no longer a customer: ${retirement.reason}.`)
        if (options.json) documents.push(accountHealthDocument(model, checked, await chanceOf(checked)))
        else {
          const evidence = evidenceOf(model, await readSignals(connection, account.key, at), at)
          shell.print(await shell.draw(explanationCard(model, account, checked.health, checked.verdict, evidence)))
        }
      }
      if (options.json) printJson(shell, name === undefined ? documents : documents[0])
    })
}
