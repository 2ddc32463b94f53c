import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BotError } from '../../errors.ts'
import { DEFAULT_PRESET, readPreset } from '../../model/presets.ts'

/** The text of the model that the service would use with this folder. */
export function modelInUse(folder: string | undefined): string {
  const path = folder === undefined ? undefined : join(folder, 'model.yaml')
  return path === undefined || !existsSync(path) ? readPreset(DEFAULT_PRESET) : readModelFile(path)
}

export function readModelFile(path: string): string {
  try {
    if (!statSync(path).isFile()) throw new Error('no file')
    return readFileSync(path, 'utf8')
  } catch {
    throw new BotError('no_file', `There is no readable file ${path}.`, 'Check the path.')
  }
}
