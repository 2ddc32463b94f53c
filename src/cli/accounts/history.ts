import { findOneAccount } from '../../chat/accounts/find/find-account.ts'
import { transitionDocument } from '../../documents/transition.ts'
import { percent } from '../../domain/percent.ts'
import { readHistory } from '../../store/scoring/history.ts'
import { readTransitions } from '../../store/scoring/transitions.ts'
import { instantArgument } from '../arguments.ts'
import { printJson, type Verb } from '../shell.ts'

type Options = { since?: string; json?: boolean; db?: string }

export const history: Verb = (program, shell) => {
  program
    .command('history')
    .description('the stored daily scores and verdicts of an account')
    .argument('<account>', 'its id or name')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (name: string, options: Options) => {
      const connection = await shell.open(options.db)
      const account = await findOneAccount(connection, name, shell.clock())
      const days = await readHistory(connection.db, account.key)
      if (options.json) return printJson(shell, days)
      for (const { day, shown, verdict, coverage } of days) {
        shell.print(`${day}  ${String(shown ?? '-').padStart(3)}  ${verdict.padEnd(12)}  ${percent(coverage)} known`)
      }
    })
}

export const transitions: Verb = (program, shell) => {
  program
    .command('transitions')
    .description('what changed, why and when')
    .option('--since <day>', 'only from this day on')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (options: Options) => {
      const since = options.since === undefined ? 0 : instantArgument('--since', options.since)
      const connection = await shell.open(options.db)
      const found = (await readTransitions(connection.db, since)).map(transitionDocument)
      if (options.json) return printJson(shell, found)
      for (const { account, at, from, to, shown, driver } of found) {
        shell.print(
          `${at.slice(0, 10)}  ${account}: ${from} -> ${to} (${shown ?? 'no score'}${driver === null ? '' : `, ${driver}`})`,
        )
      }
    })
}
