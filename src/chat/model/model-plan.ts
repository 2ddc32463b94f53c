import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { quoted } from '../../domain/quoted.ts'
import { BotError } from '../../errors.ts'
import { presetNames, readPreset } from '../../model/presets.ts'
import { modelIn } from '../../model/settings.ts'
import { planCard } from '../../views/model/plan-card.ts'
import { identify, needRole } from '../../work/people/identify.ts'
import type { Command } from '../command.ts'

/** What would change if a preset, or a file next to the model in use, became the model. For admins, and only shown to them. */
export const modelPlan: Command = async (context, request, rest) => {
  needRole(await identify(context, request.actor), 'admin', 'plan a model')
  const { model: next } = modelIn(rest, candidate(rest, context.settings.folder))
  const plan = await context.plan(next)
  return { kind: 'card', card: planCard(context.settings.model, next, plan.accounts), audience: 'caller' }
}

/** Only names, never paths: chat must not read files elsewhere. */
function candidate(name: string, folder: string | undefined): string {
  if (presetNames().includes(name)) return readPreset(name)
  const path = folder === undefined || name === '' || basename(name) !== name ? undefined : join(folder, name)
  if (path?.endsWith('.yaml') && existsSync(path)) return readFileSync(path, 'utf8')
  throw new BotError(
    'no_candidate',
    name === '' ? 'Which model?' : `There is no model ${quoted(name)} to plan with.`,
    `Name a preset (${presetNames().join(', ')}), or a .yaml file beside model.yaml.`,
  )
}
