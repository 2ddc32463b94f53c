import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { BotError } from '../../errors.ts'
import { copyOfPreset, presetNames } from '../../model/presets.ts'
import { STARTER_FILES } from '../../model/starter-files.ts'
import { usage } from '../arguments.ts'
import { printJson, type Shell } from '../shell.ts'

type Options = { preset?: string; dir?: string; json?: boolean }

/** `model init`: copies a preset into the user's folder; existing files are left alone. */
export function modelInit(group: Command, shell: Shell): void {
  group
    .command('init')
    .description('copy a preset as your model.yaml, with a digests.yaml and a routes.yaml to fill in')
    .option('--preset <name>', `the preset: ${presetNames().join(', ')}`)
    .option('--dir <folder>', 'where to put the files (default: ROUNDS_CONFIG, else ./config)')
    .option('--json', 'print one JSON document')
    .action(({ preset, dir, json }: Options) => {
      if (preset === undefined) throw usage('Which preset?', `Write --preset and one of ${presetNames().join(', ')}.`)
      const folder = dir ?? shell.settingsFolder ?? 'config'
      const text = copyOfPreset(preset, shell.clock())
      const written = writeAll(folder, { 'model.yaml': text, ...STARTER_FILES })
      if (json) return printJson(shell, { preset, folder, written })
      shell.print(`Copied the preset ${preset} to ${folder}: ${written.join(', ')}. The copy is yours to change.`)
      if (folder !== shell.settingsFolder) shell.print(`Set ROUNDS_CONFIG=${folder} so that Rounds uses it.`)
    })
}

/** Returns the names of the files that it wrote; the first must not be there yet. */
function writeAll(folder: string, files: Readonly<Record<string, string>>): string[] {
  if (existsSync(join(folder, 'model.yaml'))) {
    throw new BotError(
      'model_exists',
      `${join(folder, 'model.yaml')} already exists and was not changed.`,
      'Name another folder with --dir, or move the file away first.',
    )
  }
  try {
    mkdirSync(folder, { recursive: true })
    return Object.entries(files).flatMap(([name, text]) => {
      if (existsSync(join(folder, name))) return []
      // `wx` refuses to overwrite, should somebody write the file at this very moment.
      writeFileSync(join(folder, name), text, { flag: 'wx' })
      return [name]
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new BotError('cannot_write', `Nothing can be written to ${folder}: ${reason}.`, 'Name another with --dir.')
  }
}
