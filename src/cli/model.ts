import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BotError } from '../errors.ts'
import { checkModel } from '../model/load.ts'
import { DEFAULT_PRESET, readPreset } from '../model/presets.ts'
import { usage } from './arguments.ts'
import { printJson, type Verb } from './shell.ts'

export const model: Verb = (program, shell) => {
  const group = program.command('model').description('the health model: check it')
  group
    .command('check')
    .description('says what is wrong with a model file: where, why, and what would be right')
    .argument('[file]', 'the file; else the one in use')
    .option('--json', 'print one JSON document')
    .option('--db <url>', 'the database')
    .action((file: string | undefined, options: { json?: boolean }) => {
      const { errors } = checkModel(file === undefined ? textInUse(shell.settingsFolder) : readModelFile(file))
      if (errors.length > 0) shell.exitWith(1)
      if (options.json) return printJson(shell, { errors, warnings: [] })
      for (const { path, problem, remedy } of errors) shell.print(`${path}: ${problem} ${remedy}`)
      shell.print(errors.length === 0 ? 'The model is valid.' : `${errors.length} to mend.`)
    })
  for (const later of ['init', 'plan']) {
    group
      .command(`${later} [rest...]`, { hidden: true })
      .description('not there yet')
      .allowUnknownOption()
      .action(() => {
        throw usage(`"model ${later}" is not there yet.`, 'Today models can be checked.')
      })
  }
}

function textInUse(folder: string | undefined): string {
  return folder === undefined ? readPreset(DEFAULT_PRESET) : readModelFile(join(folder, 'model.yaml'))
}

function readModelFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new BotError('no_file', `There is no readable file ${path}.`, 'Check the path.')
  }
}
