import type { Command } from 'commander'
import { modelIn } from '../../model/settings.ts'
import { planCard } from '../../views/model/plan-card.ts'
import { type ModelPlan, planModel } from '../../work/scoring/plan-model.ts'
import { printJson, type Shell } from '../shell.ts'
import { readModelFile } from './model-file.ts'

/** `model plan FILE`: what would change if this file became the model now. */
export function modelPlan(group: Command, shell: Shell): void {
  group
    .command('plan')
    .description('show which accounts would change band under this model, and why')
    .argument('<file>', 'the file')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action(async (file: string, options: { json?: boolean; db?: string }) => {
      const { model: next } = modelIn(file, readModelFile(file))
      const { model: current } = shell.settings()
      const connection = await shell.open(options.db)
      const plan = await planModel(connection, current, next, shell.clock())
      if (options.json) printJson(shell, planJson(plan))
      else shell.print(await shell.draw(planCard(current, next, plan.accounts)))
    })
}

function planJson({ accounts }: ModelPlan) {
  const changed = accounts.filter(({ from, to }) => from !== to)
  return {
    accounts: accounts.length,
    changed: changed.map(({ id, from, to, component }) => ({ account: id, from, to, component: component ?? null })),
    would_start: accounts.flatMap(({ id, wouldStart }) => wouldStart.map(start => ({ account: id, ...start }))),
  }
}
