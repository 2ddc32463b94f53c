import { findOneAccount } from '../../chat/accounts/find/find-account.ts'
import { transitionDocument } from '../../documents/transition.ts'
import { percent } from '../../domain/percent.ts'
import { readHistory } from '../../store/scoring/history.ts'
import { readTransitions } from '../../store/scoring/transitions.ts'
import { verdictWords } from '../../views/scoring/status-text.ts'
import { instantArgument } from '../arguments.ts'
import { printJson, type Verb } from '../shell.ts'
import { transitionLine } from './transition-line.ts'

type Options = { since?: string; json?: boolean; db?: string }

export const history: Verb = (program, shell) => {
  program
    .command('history')
    .description('show the daily scores and verdicts of an account')
    .argument('<account>', 'its id or name')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (name: string, options: Options) => {
      const { model } = shell.settings()
      const connection = await shell.open(options.db)
      const account = await findOneAccount(connection, name, shell.clock())
      const days = await readHistory(connection.db, account.key)
      if (options.json) return printJson(shell, days)
      if (days.length === 0) return shell.print(`${account.name} has no scores yet. Run \`rounds score\`.`)
      const words = new Map(days.map(({ verdict }) => [verdict, verdictWords(model, verdict)]))
      const width = Math.max(...[...words.values()].map(({ length }) => length))
      for (const { day, shown, verdict, coverage } of days) {
        const known = `${percent(coverage)} of the weight known`
        shell.print(`${day}  ${String(shown ?? '-').padStart(3)}  ${words.get(verdict)?.padEnd(width)}  ${known}`)
      }
    })
}

export const transitions: Verb = (program, shell) => {
  program
    .command('transitions')
    .description('show what changed, why and when')
    .option('--since <day>', 'only from this day on')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (options: Options) => {
      const since = options.since === undefined ? 0 : instantArgument('--since', options.since)
      const { model } = shell.settings()
      const connection = await shell.open(options.db)
      const found = (await readTransitions(connection.db, since)).map(transitionDocument)
      if (options.json) return printJson(shell, found)
      if (found.length === 0) return shell.print('Nothing changed.')
      for (const change of found) shell.print(`${change.at.slice(0, 10)}  ${transitionLine(model, change)}`)
    })
}
