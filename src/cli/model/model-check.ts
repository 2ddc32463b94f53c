import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { Platform } from '../../chat/platform.ts'
import { parseConfig } from '../../config.ts'
import { counted } from '../../domain/counted.ts'
import { BotError } from '../../errors.ts'
import { checkDigests, checkRoutes } from '../../model/companion-files.ts'
import { lintWarnings } from '../../model/lint/lint.ts'
import type { LintFacts } from '../../model/lint/lint-facts.ts'
import { type Seed, seedsOf } from '../../model/lint/seeds.ts'
import { type CheckedModel, checkModel } from '../../model/load.ts'
import type { Finding } from '../../model/schema/finding.ts'
import { placeIn } from '../../model/schema/yaml.ts'
import { databaseName, isThere } from '../../store/engine/engines.ts'
import { readLintFacts } from '../../work/scoring/lint-facts.ts'
import { printJson, type Shell } from '../shell.ts'
import { modelInUse, readModelFile } from './model-file.ts'

type Options = { seeds?: boolean; json?: boolean; db?: string }

/** `model check`: exit 1 with errors, 0 with warnings only. */
export function modelCheck(group: Command, shell: Shell): void {
  group
    .command('check')
    .description('check a model file, and say how to fix what is wrong')
    .argument('[file]', 'the file (default: the model in use)')
    .option('--seeds', 'also say which published best practices the model follows')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database whose data the model is checked against')
    .action(async (file: string | undefined, { seeds: wantsSeeds, json, db }: Options) => {
      const text = file === undefined ? modelInUse(shell.settingsFolder) : readModelFile(file)
      const folder = file === undefined ? shell.settingsFolder : undefined
      const checked = withCompanions(checkModel(text), folder, shell.platforms)
      const warnings = await warningsFor(shell, checked, db)
      const seeds = wantsSeeds && checked.model !== undefined ? seedsOf(checked.file, shell.clock()) : undefined
      if (checked.errors.length > 0) shell.exitWith(1)
      if (json) return printJson(shell, { errors: checked.errors, warnings, ...(seeds && { seeds }) })
      for (const found of checked.errors) shell.print(line('Error', found, text))
      for (const found of warnings) shell.print(line('Warning', found, text))
      shell.print(summary(checked.errors.length, warnings.length))
      if (seeds !== undefined) printSeeds(shell, seeds)
    })
}

/** The model in use is held against the files beside it: they may name nothing that it does not have. */
function withCompanions(
  checked: CheckedModel,
  folder: string | undefined,
  platforms: readonly Platform[],
): CheckedModel {
  if (checked.model === undefined || folder === undefined) return checked
  const { file } = checked
  const names = platforms.map(({ name }) => name)
  const errorsIn = (name: string, check: (text: string) => { readonly errors: readonly Finding[] }) => {
    const path = join(folder, name)
    const errors = existsSync(path) ? check(readModelFile(path)).errors : []
    return errors.map(error => ({ ...error, path: `${name}, ${error.path}` }))
  }
  const errors = [
    ...errorsIn('routes.yaml', text => checkRoutes(text, file, names)),
    ...errorsIn('digests.yaml', text => checkDigests(text, file, names)),
  ]
  return errors.length === 0 ? checked : { errors }
}

async function warningsFor(shell: Shell, checked: CheckedModel, db: string | undefined): Promise<Finding[]> {
  if (checked.model === undefined) return []
  const facts = await factsFor(shell, checked, db)
  return lintWarnings(checked.file, shell.clock(), facts)
}

/** A database is asked when there is one; none is made, and one that cannot be read matters only when it was named. */
async function factsFor(
  shell: Shell,
  { model }: Extract<CheckedModel, { readonly errors: readonly [] }>,
  db: string | undefined,
): Promise<LintFacts | undefined> {
  try {
    const url = db ?? parseConfig(shell.environment).databaseUrl
    if (isThere(url)) return await readLintFacts(await shell.open(url), model)
    if (db !== undefined) shell.note(`There is no database ${databaseName(db)}: the file alone was checked.`)
  } catch (error) {
    if (db !== undefined || !(error instanceof BotError)) throw error
    shell.note(`The file alone was checked. ${error.message}`)
  }
  return undefined
}

function line(kind: 'Error' | 'Warning', { path, problem, remedy }: Finding, text: string): string {
  return `${kind} at ${placeIn(text, path)}: ${problem} ${remedy}`
}

function summary(errors: number, warnings: number): string {
  const count = (number: number, word: string) => counted(number, word)
  if (errors > 0) return `${count(errors, 'error')} to fix.`
  return warnings === 0 ? 'The model is valid.' : `The model is valid, with ${count(warnings, 'warning')}.`
}

function printSeeds(shell: Shell, seeds: readonly Seed[]): void {
  shell.print('')
  for (const { practice, sources, followed, evidence } of seeds) {
    shell.print(`${followed ? '✓' : '-'} ${practice} (${sources}): ${evidence}`)
  }
  shell.print('Y YourCX, G glossary, F five easy steps, A Akita, K KPI Depot')
}
