import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Model } from '../domain/model.ts'
import { BotError } from '../errors.ts'
import { CONDITION_KEYS } from './condition-schema.ts'
import { type Digest, digestsSchema } from './digests.ts'
import { type Finding, findingsOf } from './finding.ts'
import { conditionNameErrors } from './lint-conditions.ts'
import { checkModel } from './load.ts'
import { DEFAULT_PRESET, readPreset } from './presets.ts'
import { type Routes, routesSchema } from './routes.ts'
import type { ModelFile } from './schema.ts'
import { parseYaml } from './yaml.ts'

/** The three files that a team keeps in git, checked. */
export type Settings = {
  /** Where they were read; absent for the default preset. */
  readonly folder?: string
  readonly model: Model
  /** The text of the model's file. */
  readonly modelText: string
  readonly routes: Routes
  readonly digests: readonly Digest[]
}

/** Reads the folder with model.yaml, digests.yaml and routes.yaml; each may be missing. Throws what is wrong, in words. */
export function loadSettings(folder: string | undefined): Settings {
  if (folder !== undefined && !existsSync(folder)) {
    throw new BotError('no_settings', `There is no folder ${folder}.`, 'Set ROUNDS_CONFIG to the folder of model.yaml.')
  }
  const read = (name: string) => {
    const path = folder === undefined ? undefined : join(folder, name)
    return path !== undefined && existsSync(path) ? readText(path) : undefined
  }
  const modelText = read('model.yaml') ?? readPreset(DEFAULT_PRESET)
  const { model, file } = modelIn('model.yaml', modelText)
  const routes = parsedBy(routesSchema, 'routes.yaml', read('routes.yaml') ?? '{}')
  const { digests } = parsedBy(digestsSchema, 'digests.yaml', read('digests.yaml') ?? 'digests: []')
  refuseIfAny('digests.yaml', filterErrors(digests, file))
  return { model, modelText, routes, digests, ...(folder !== undefined && { folder }) }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new BotError('unreadable_settings', `${path} cannot be read.`, 'It should be a file that Rounds may read.')
  }
}

/** The model of one file, or a refusal that lists every finding. */
export function modelIn(name: string, text: string): { model: Model; file: ModelFile } {
  const checked = checkModel(text)
  if (checked.model === undefined) throw refusal(name, checked.errors)
  return checked
}

/** Every key of digests.yaml and routes.yaml, for "did you mean". */
const KEYS: readonly string[] = [
  ...[...Object.keys(digestsSchema.shape), ...Object.keys(routesSchema.shape), ...CONDITION_KEYS],
  ...['name', 'schedule', 'time_zone', 'to', 'filter', 'say_nothing', 'show', 'arr', 'kind', 'when', 'alerts'],
  ...['ladder', 'after', 'days', 'from', 'holidays', 'share'],
]

function parsedBy<T>(schema: z.ZodType<T>, name: string, text: string): T {
  const parsed = parseYaml(text)
  if ('errors' in parsed) throw refusal(name, parsed.errors)
  const result = schema.safeParse(parsed.value, { reportInput: true })
  if (!result.success) throw refusal(name, findingsOf(result.error, KEYS))
  return result.data
}

function filterErrors(digests: readonly Digest[], file: ModelFile): Finding[] {
  return digests.flatMap(({ filter }, index) =>
    filter === undefined ? [] : conditionNameErrors(file, filter, ['digests', index, 'filter']),
  )
}

function refuseIfAny(name: string, findings: readonly Finding[]): void {
  if (findings.length > 0) throw refusal(name, findings)
}

function refusal(name: string, findings: readonly Finding[]): BotError {
  const lines = findings.map(({ path, problem, remedy }) => `  ${path}: ${problem} ${remedy}`)
  return new BotError('bad_settings', `${name} is refused:\n${lines.join('\n')}`)
}
