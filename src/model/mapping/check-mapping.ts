import { BotError } from '../../errors.ts'
import { type Finding, findingsOf } from '../schema/finding.ts'
import { parseYaml, placeIn } from '../schema/yaml.ts'
import { FIELDS } from './fields.ts'
import { type Mapping, mappingSchema } from './mapping.ts'

/** Every key of a mapping, for "did you mean". */
const KEYS: readonly string[] = [
  ...Object.keys(mappingSchema.shape),
  ...Object.values(FIELDS).flatMap(fields => Object.keys(fields)),
  ...['account', 'attributes', 'only', 'metrics', 'take', 'over', 'when_none', 'column', 'value', 'date', 'decimal'],
  ...[
    'percent',
    'times',
    'words',
    'other_words',
    'days_past',
    'as',
    'is',
    'is_not',
    'one_of',
    'none_of',
    'contains',
    'lacks',
    'filled',
  ],
  ...['email', 'attribute', 'what'],
]

export type CheckedMapping =
  | { readonly mapping: Mapping; readonly errors: readonly [] }
  | { readonly mapping?: undefined; readonly errors: readonly Finding[] }

/** A mapping as a file writes it, or everything that is wrong with it, with its lines. */
export function checkMapping(text: string): CheckedMapping {
  const parsed = parseYaml(text)
  if ('errors' in parsed) return { errors: parsed.errors }
  const { errors, mapping } = checkWritten(parsed.value)
  if (mapping !== undefined) return { mapping, errors: [] }
  return {
    errors: errors.map(error => ({ ...error, path: placeIn(text, error.path) })),
  }
}

/** The same of what stands in the file, parsed. */
export function checkWritten(written: unknown): CheckedMapping {
  const result = mappingSchema.safeParse(written, { reportInput: true })
  if (!result.success) return { errors: findingsOf(result.error, KEYS) }
  return { mapping: result.data, errors: [] }
}

/** The mapping of a file. Throws a `BotError` with every finding. */
export function mappingIn(name: string, text: string): Mapping {
  const { mapping, errors } = checkMapping(text)
  if (mapping !== undefined) return mapping
  const lines = errors.map(({ path, problem, remedy }) => `  ${path}: ${problem} ${remedy}`)
  throw new BotError('bad_mapping', `${name} is refused:\n${lines.join('\n')}`, 'docs/mappings.md has every key.')
}
