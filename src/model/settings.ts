import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Model } from '../domain/model/model.ts'
import { BotError } from '../errors.ts'
import { type Checked, checkDigests, checkRoutes, checkSources } from './companion-files.ts'
import type { Digest } from './digests.ts'
import { checkModel } from './load.ts'
import type { PlatformNames } from './platform-names.ts'
import { DEFAULT_PRESET, readPreset } from './presets.ts'
import type { Routes } from './routes.ts'
import type { Finding } from './schema/finding.ts'
import type { ModelFile } from './schema/model.ts'
import { placeIn, type ReadYaml } from './schema/yaml.ts'
import type { Sources } from './sources.ts'

/** The four files that a team keeps in git, checked. */
export type Settings = {
  /** Where they were read; absent for the default preset. */
  readonly folder?: string
  readonly model: Model
  /** The text of the model's file. */
  readonly modelText: string
  readonly routes: Routes
  readonly sources: Sources
  readonly digests: readonly Digest[]
  /** Those of digests.yaml alone, where `digests` holds those of chat too. */
  readonly fileDigests?: readonly Digest[]
}

/** Reads the folder with model.yaml, digests.yaml, routes.yaml and sources.yaml; each may be missing. Throws what is wrong, in words. */
export function loadSettings(folder: string | undefined, platforms?: PlatformNames, readYaml?: ReadYaml): Settings {
  if (folder !== undefined && !existsSync(folder)) {
    throw new BotError('no_settings', `There is no folder ${folder}.`, 'Set ROUNDS_CONFIG to the folder of model.yaml.')
  }
  const read = (name: string) => {
    const path = folder === undefined ? undefined : join(folder, name)
    return path !== undefined && existsSync(path) ? readText(path) : undefined
  }
  const modelText = read('model.yaml') ?? readPreset(DEFAULT_PRESET)
  const { model, file } = modelIn('model.yaml', modelText, readYaml)
  const routes = contentOf('routes.yaml', checkRoutes(read('routes.yaml') ?? '{}', file, platforms, readYaml))
  const { digests } = contentOf(
    'digests.yaml',
    checkDigests(read('digests.yaml') ?? 'digests: []', file, platforms, readYaml),
  )
  const sources = contentOf('sources.yaml', checkSources(read('sources.yaml') ?? '{}', readYaml))
  return { model, modelText, routes, sources, digests, ...(folder !== undefined && { folder }) }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new BotError(
      'unreadable_settings',
      `${path} cannot be read.`,
      'Check that it is a file, and that Rounds has the right to read it.',
    )
  }
}

/** The model of one file, or a refusal that lists every finding. */
export function modelIn(name: string, text: string, readYaml?: ReadYaml): { model: Model; file: ModelFile } {
  const checked = checkModel(text, readYaml)
  if (checked.model === undefined) {
    throw refusal(
      name,
      checked.errors.map(error => ({ ...error, path: placeIn(text, error.path) })),
    )
  }
  return checked
}

function contentOf<T>(name: string, { value, errors }: Checked<T>): T {
  if (value === undefined) throw refusal(name, errors)
  return value
}

function refusal(name: string, findings: readonly Finding[]): BotError {
  const lines = findings.map(({ path, problem, remedy }) => `  ${path}: ${problem} ${remedy}`)
  return new BotError('bad_settings', `${name} is refused:\n${lines.join('\n')}`)
}
