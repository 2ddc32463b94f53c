import { counted } from '../domain/counted.ts'
import { isoTime } from '../domain/time/iso-time.ts'
import { countCustomers } from '../store/accounts/account-list.ts'
import { voidFutureScores } from '../store/scoring/future-scores.ts'
import { SCORING } from '../store/scoring/shared-runs.ts'
import { timeText } from '../views/scoring/evidence.ts'
import { updateCustomers } from '../work/accounts/update-customers.ts'
import { scoringInstant } from '../work/schedule/slots.ts'
import { fillHistory } from '../work/scoring/fill-history.ts'
import type { TransitionOfAccount } from '../work/scoring/score-batch.ts'
import { scoreOnRequest } from '../work/scoring/score-on-request.ts'
import { transitionLine } from './accounts/transition-line.ts'
import { alone } from './admin/alone.ts'
import { dayRange, instantArgument, usage } from './arguments.ts'
import { withProgress } from './progress.ts'
import { printJson, type Verb } from './shell.ts'

type Options = { asOf?: string; from?: string; to?: string; json?: boolean; db?: string }

export const score: Verb = (program, shell) => {
  program
    .command('score')
    .description('score the accounts, store the scores, and show what changed')
    .option('--as-of <time>', 'score as of this time instead of now')
    .option('--from <day>', 'fill in past days from this day on, without raising alerts')
    .option('--to <day>', 'the last day to fill in')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (options: Options) => {
      if ((options.from === undefined) !== (options.to === undefined)) {
        throw usage('--from and --to go together.', 'Write both, such as --from 2026-08-01 --to 2026-10-31.')
      }
      const { model, routes } = shell.settings()
      const connection = await shell.open(options.db)
      const now = shell.clock()
      await updateCustomers(connection.db, routes.customers, now)
      if (options.from !== undefined && options.to !== undefined) {
        const days = dayRange(options.from, options.to)
          .map(day => ({ day, at: scoringInstant(routes.scoring, day) }))
          .filter(({ at }) => at <= now)
        const accounts = await countCustomers(connection.db)
        await voidFutureScores(connection.db, now)
        const scored = await alone(shell, connection, SCORING, claim =>
          withProgress(shell, 'Scoring', accounts, 'accounts', advance =>
            fillHistory(connection, model, days, advance, claim),
          ),
        )
        if (options.json) return printJson(shell, { scored, transitions: [], as_of: isoTime(days.at(-1)?.at ?? now) })
        return shell.print(
          `Filled ${counted(days.length, 'day')} with ${counted(scored, 'score')}. No alerts were raised.`,
        )
      }
      const at = options.asOf === undefined ? now : instantArgument('--as-of', options.asOf)
      if (at > now) throw usage(`${options.asOf} is in the future.`, 'Leave --as-of out to score as of now.')
      const result = await alone(shell, connection, SCORING, claim =>
        scoreOnRequest(connection, { model, routes, newId: shell.newId, at, now, claim }),
      )
      if (options.json) {
        return printJson(shell, {
          scored: result.scored,
          transitions: result.transitions.map(transitionJson),
          as_of: isoTime(at),
        })
      }
      shell.print(`Scored ${counted(result.scored, 'account')} as of ${timeText(at)}.`)
      for (const change of result.transitions) shell.print(`  ${transitionLine(model, change)}`)
    })
}

function transitionJson({ account, at, from, to, kind, shown, driver }: TransitionOfAccount) {
  return { account, at: isoTime(at), from, to, kind, shown: shown ?? null, driver: driver ?? null }
}
