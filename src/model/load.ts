import { createHash } from 'node:crypto'
import type { Model } from '../domain/model/model.ts'
import { compile } from './compile.ts'
import { lintErrors } from './lint/lint.ts'
import { CONDITION_KEYS } from './schema/condition.ts'
import { type Finding, findingsOf } from './schema/finding.ts'
import { type ModelFile, modelSchema } from './schema/model.ts'
import { parseYaml, type ReadYaml } from './schema/yaml.ts'

export type CheckedModel =
  | { readonly model: Model; readonly file: ModelFile; readonly errors: readonly [] }
  | { readonly model?: undefined; readonly errors: readonly Finding[] }

/** A model from the text of its file, or everything that is wrong with it. */
export function checkModel(text: string, read: ReadYaml = parseYaml): CheckedModel {
  const parsed = read(text)
  if ('errors' in parsed) return { errors: parsed.errors }
  const result = modelSchema.safeParse(parsed.value, { reportInput: true })
  if (!result.success) return { errors: findingsOf(result.error, KEYS) }
  const errors = lintErrors(result.data)
  if (errors.length > 0) return { errors }
  return { model: compile(result.data, versionOf(text)), file: result.data, errors: [] }
}

/** Models are known by their content. */
function versionOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

/** Every key that a model file may have, for "did you mean". */
const KEYS: readonly string[] = [
  ...Object.keys(modelSchema.shape),
  ...CONDITION_KEYS,
  ...['id', 'label', 'weight', 'kind', 'tags', 'why', 'ask', 'measures', 'metric', 'take', 'of', 'over', 'when_empty'],
  ...['per', 'applies_when', 'scale', 'steps', 'movable', 'from', 'role', 'when', 'weights', 'owner_role', 'at_most'],
  ...['because', 'dwell', 'margin', 'sharp_drop', 'points', 'dead_band', 'unit', 'critical', 'within', 'on', 'tasks'],
  ...['definition', 'no_action', 'portfolio', 'value', 'source', 'title', 'due', 'attribute'],
]
