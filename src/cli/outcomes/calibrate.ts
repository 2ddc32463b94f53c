import { writeFileSync } from 'node:fs'
import { capitalized } from '../../domain/capitalized.ts'
import { BotError } from '../../errors.ts'
import { modelIn } from '../../model/settings.ts'
import { withWeights } from '../../model/with-weights.ts'
import { calibrationCard } from '../../views/outcomes/calibration-card.ts'
import { type CalibrationReport, calibrateModel } from '../../work/outcomes/calibrate.ts'
import { planModel } from '../../work/scoring/plan-model.ts'
import { usage } from '../arguments.ts'
import { printJson, type Verb } from '../shell.ts'
import { leadArgument } from './backtest.ts'
import { withAccounts } from './with-accounts.ts'

type Options = {
  lead: string
  out?: string
  seed: string
  timeOrdered?: boolean
  costMissed: string
  costFalseAlarm: string
  json?: boolean
  db?: string
}

export const calibrateVerb: Verb = (program, shell) => {
  program
    .command('calibrate')
    .description('find weights that separate good outcomes from bad ones better; changes nothing by itself')
    .option('--lead <time>', 'how long before each outcome to look', '90d')
    .option('--out <file>', 'write the model with the new weights to this file')
    .option('--seed <number>', 'the seed that splits the accounts into folds', '1')
    .option('--time-ordered', 'learn only from earlier outcomes, instead of from other accounts')
    .option('--cost-missed <number>', 'the cost of a churn without a warning', '5')
    .option('--cost-false-alarm <number>', 'the cost of a false alarm', '1')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (options: Options) => {
      const { model, modelText, routes } = shell.settings()
      const leadDays = leadArgument(options.lead)
      const costs = {
        missed: numberArgument('--cost-missed', options.costMissed),
        falseAlarm: numberArgument('--cost-false-alarm', options.costFalseAlarm),
      }
      const fit = { seed: numberArgument('--seed', options.seed), isTimeOrdered: options.timeOrdered ?? false }
      const connection = await shell.open(options.db)
      const now = shell.clock()
      const report = await withAccounts(shell, watched =>
        calibrateModel(connection, { model, scoring: routes.scoring, leadDays, now, costs, ...fit }, watched),
      )
      if ('tooFew' in report) {
        throw new BotError(
          'too_few_outcomes',
          `No weights can be fitted. ${capitalized(report.tooFew)}.`,
          'Import more outcomes: `rounds import outcomes FILE`.',
        )
      }
      const next = withWeights(
        modelText,
        report.weights.map(({ fitted }) => fitted),
      )
      if (options.out !== undefined) writeFileSync(options.out, next.text)
      if (options.json) return printJson(shell, calibrationJson(report, fit.seed))
      const plan = await planModel(connection, model, modelIn('the fitted model', next.text).model, now)
      shell.print(
        await shell.draw(calibrationCard(model, report, { diff: next.diff, plan: plan.accounts, seed: fit.seed })),
      )
      if (options.out !== undefined) shell.note(`The fitted model is in ${options.out}. Nothing else changed.`)
    })
}

function numberArgument(option: string, text: string): number {
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (Number.isFinite(value)) return value
  throw usage(`${option} "${text}" is not a valid number.`, `Write ${option} 5.`)
}

function calibrationJson(
  { current, fitted, difference, weights, advice, outcomes, lines }: CalibrationReport,
  seed: number,
) {
  const auc = ({ value, low, high }: typeof current) => ({ auc: value, low, high })
  return {
    current: auc(current),
    fitted: auc(fitted),
    difference: auc(difference),
    weights: weights.map(({ component, now, fitted }) => ({ component, now, fitted })),
    advice,
    outcomes,
    bands: {
      at_risk_below: lines.now.below,
      cost: lines.now.cost,
      cheapest_below: lines.best.below,
      cheapest_cost: lines.best.cost,
    },
    seed,
  }
}
