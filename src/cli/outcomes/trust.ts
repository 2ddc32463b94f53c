import { versionsDocument } from '../../documents/backtest.ts'
import { isoTime } from '../../domain/time/iso-time.ts'
import { trustCard } from '../../views/outcomes/trust-card.ts'
import { type TrustReport, trust } from '../../work/outcomes/trust.ts'
import { printJson, type Verb } from '../shell.ts'
import { withAccounts } from './with-accounts.ts'

export const trustVerb: Verb = (program, shell) => {
  program
    .command('trust')
    .description('check whether you can trust the score: four checks against real outcomes')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (options: { json?: boolean; db?: string }) => {
      const { model, routes } = shell.settings()
      const connection = await shell.open(options.db)
      const report = await withAccounts(shell, watched =>
        trust(connection, { model, scoring: routes.scoring, now: shell.clock() }, watched),
      )
      if (options.json) printJson(shell, trustJson(report))
      else shell.print(await shell.draw(trustCard(model, report)))
    })
}

function trustJson({ floors, churned, others, unscored, leftOut, model, at, versions }: TrustReport) {
  return {
    as_of: isoTime(at),
    model,
    versions: versionsDocument(versions),
    floors: floors.map(({ id, value, low, high, floor, result }) => ({
      id,
      value: value ?? null,
      low: low ?? null,
      high: high ?? null,
      floor,
      result,
    })),
    outcomes: { churned, others, unscored, left_out: leftOut },
  }
}
