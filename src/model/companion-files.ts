import type { z } from 'zod'
import { CONDITION_KEYS } from './condition-schema.ts'
import { type Digest, digestsSchema } from './digests.ts'
import { type Finding, findingsOf } from './finding.ts'
import { conditionNameErrors } from './lint-conditions.ts'
import { type Routes, routesSchema } from './routes.ts'
import type { ModelFile } from './schema.ts'
import { lineOf, parseYaml } from './yaml.ts'

/** A file that stands beside a model, or everything that is wrong with it, line by line. */
export type Checked<T> =
  | { readonly value: T; readonly errors: readonly [] }
  | { readonly value?: undefined; readonly errors: readonly Finding[] }

/** Routes may ask about nothing that the model does not have. */
export function checkRoutes(text: string, file: ModelFile): Checked<Routes> {
  return checked(text, routesSchema, ({ routes }) =>
    routes.flatMap(({ when }, index) =>
      when === undefined ? [] : conditionNameErrors(file, when, ['routes', index, 'when']),
    ),
  )
}

/** Nor may the filters of digests. */
export function checkDigests(text: string, file: ModelFile): Checked<{ readonly digests: readonly Digest[] }> {
  return checked(text, digestsSchema, ({ digests }) =>
    digests.flatMap(({ filter }, index) =>
      filter === undefined ? [] : conditionNameErrors(file, filter, ['digests', index, 'filter']),
    ),
  )
}

/** Every key of digests.yaml and routes.yaml, for "did you mean". */
const KEYS: readonly string[] = [
  ...[...Object.keys(digestsSchema.shape), ...Object.keys(routesSchema.shape), ...CONDITION_KEYS],
  ...['name', 'schedule', 'time_zone', 'to', 'filter', 'say_nothing', 'show', 'arr', 'kind', 'when', 'alerts'],
  ...['ladder', 'after', 'days', 'from', 'holidays', 'share'],
]

function checked<T>(text: string, schema: z.ZodType<T>, namesIn: (value: T) => Finding[]): Checked<T> {
  const parsed = parseYaml(text)
  if ('errors' in parsed) return { errors: parsed.errors }
  const result = schema.safeParse(parsed.value, { reportInput: true })
  const errors = result.success ? namesIn(result.data) : findingsOf(result.error, KEYS)
  if (result.success && errors.length === 0) return { value: result.data, errors: [] }
  return { errors: errors.map(error => ({ ...error, path: placeOf(text, error.path) })) }
}

/** `line 4, routes[0].when` */
function placeOf(text: string, path: string): string {
  const line = lineOf(text, path)
  return line === undefined ? path : `line ${line}, ${path}`
}
