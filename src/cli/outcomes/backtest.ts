import { writeFileSync } from 'node:fs'
import Papa from 'papaparse'
import { backtestDocument } from '../../documents/backtest.ts'
import type { BacktestCase } from '../../domain/outcomes/backtest/backtest.ts'
import { DAY } from '../../domain/time/instant.ts'
import { harmless } from '../../ingest/cells/harmless.ts'
import { parseDuration } from '../../model/schema/fields.ts'
import { backtestCard } from '../../views/outcomes/backtest-card.ts'
import { backtest } from '../../work/outcomes/backtest.ts'
import { usage } from '../arguments.ts'
import { printJson, type Verb } from '../shell.ts'
import { backtestPage } from './page/backtest-page.ts'
import { withAccounts } from './with-accounts.ts'

type Options = { lead: string; last?: string; html?: string; accounts?: string; json?: boolean; db?: string }

export const backtestVerb: Verb = (program, shell) => {
  program
    .command('backtest')
    .description('compare what the score said before each outcome with what happened')
    .option('--lead <time>', 'how long before each outcome to look', '90d')
    .option('--last <count>', 'only the newest outcomes of each kind, good and bad, such as 20')
    .option('--html <file>', 'also write a web page with charts')
    .option('--accounts <file>', 'also write a CSV file with a line for each outcome')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (options: Options) => {
      const leadDays = leadArgument(options.lead)
      const last = options.last === undefined ? undefined : countArgument('--last', options.last)
      const { model, routes } = shell.settings()
      const connection = await shell.open(options.db)
      const report = await withAccounts(shell, watched =>
        backtest(connection, { model, scoring: routes.scoring, leadDays, last, now: shell.clock() }, watched),
      )
      if (options.html !== undefined) writeFileSync(options.html, backtestPage(model, report))
      if (options.accounts !== undefined) writeFileSync(options.accounts, accountsCsv(report.cases))
      if (options.json) printJson(shell, backtestDocument(report))
      else shell.print(await shell.draw(backtestCard(model, report)))
      if (options.html !== undefined) shell.note(`The page is in ${options.html}.`)
      if (options.accounts !== undefined) shell.note(`The outcomes are in ${options.accounts}.`)
    })
}

/** Whole days, 1 to 365. */
export function leadArgument(text: string): number {
  const days = (parseDuration(text) ?? Number.NaN) / DAY
  if (Number.isInteger(days) && days >= 1 && days <= 365) return days
  throw usage(`--lead "${text}" is not a valid number of days.`, 'Write 30d, 60d, 90d or 180d, or up to 365d.')
}

export function countArgument(option: string, text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (count > 0) return count
  throw usage(`${option} "${text}" is not a valid number.`, `Write ${option} 20.`)
}

function accountsCsv(cases: readonly BacktestCase[]): string {
  const rows = cases.map(({ account, on, isBad, known: { score, verdict, coverage } }) => [
    ...[harmless(account.id), on, isBad ? '1' : '0'],
    ...[score?.shown ?? '', score?.value ?? '', verdict, coverage],
  ])
  const columns = ['account', 'on', 'bad', 'shown', 'score', 'verdict', 'coverage']
  return `${Papa.unparse([columns, ...rows])}\n`
}
