import type * as z from 'zod'
import { type Digest, digestsSchema } from './digests.ts'
import { clauseSubjects, conditionNameErrors } from './lint/lint-conditions.ts'
import { type PlatformNames, platformErrors } from './platform-names.ts'
import { type Routes, routesSchema } from './routes.ts'
import { CONDITION_KEYS } from './schema/condition.ts'
import { type Finding, finding, findingsOf } from './schema/finding.ts'
import type { ModelFile } from './schema/model.ts'
import { parseYaml, placeIn, type ReadYaml } from './schema/yaml.ts'
import { type Sources, sourcesSchema } from './sources.ts'

/** A file next to a model, or everything that is wrong with it, line by line. */
export type Checked<T> =
  | { readonly value: T; readonly errors: readonly [] }
  | { readonly value?: undefined; readonly errors: readonly Finding[] }

/** Routes may only ask about what the model has, and only lead to platforms that exist. */
export function checkRoutes(
  text: string,
  file: ModelFile,
  platforms?: PlatformNames,
  read?: ReadYaml,
): Checked<Routes> {
  const namesIn = ({ routes, customers }: Routes) => [
    ...customersErrors(customers),
    ...routes.flatMap((route, index) => [
      ...(route.when === undefined ? [] : conditionNameErrors(file, route.when, ['routes', index, 'when'])),
      ...route.to.flatMap((to, at) => platformErrors(to, ['routes', index, 'to', at], platforms)),
      ...route.escalation.flatMap(({ to }, at) =>
        platformErrors(to, ['routes', index, 'escalation', at, 'to'], platforms),
      ),
    ]),
  ]
  return checked(text, routesSchema, namesIn, read)
}

/** Who is a customer is decided before anything is scored. */
function customersErrors(customers: Routes['customers']): Finding[] {
  return clauseSubjects(customers, ['customers']).flatMap(({ subject, path }) =>
    subject.of === 'attribute' || subject.of === 'days_until'
      ? []
      : [finding(path, `Who is a customer cannot depend on "${subject.of}".`, 'Ask about an attribute or days_until.')],
  )
}

/** Nor may digests. */
export function checkDigests(
  text: string,
  file: ModelFile,
  platforms?: PlatformNames,
  read?: ReadYaml,
): Checked<{ readonly digests: readonly Digest[] }> {
  const namesIn = ({ digests }: { readonly digests: readonly Digest[] }) =>
    digests.flatMap(({ filter, to }, index) => [
      ...(filter === undefined ? [] : conditionNameErrors(file, filter, ['digests', index, 'filter'])),
      ...platformErrors(to, ['digests', index, 'to'], platforms),
    ])
  return checked(text, digestsSchema, namesIn, read)
}

export function checkSources(text: string, read?: ReadYaml): Checked<Sources> {
  return checked(text, sourcesSchema, () => [], read)
}

/** Every key of the files beside the model, for "did you mean". */
const KEYS: readonly string[] = [
  ...[
    ...Object.keys(digestsSchema.shape),
    ...Object.keys(routesSchema.shape),
    ...CONDITION_KEYS,
    ...Object.keys(sourcesSchema.shape),
  ],
  ...['name', 'schedule', 'time_zone', 'to', 'filter', 'say_nothing', 'show', 'arr', 'kind', 'when', 'alerts'],
  ...[
    'escalation',
    'after',
    'days',
    'from',
    'holidays',
    'share',
    'who',
    'accounts',
    'at',
    'signals',
    'scores',
    'comments',
  ],
  ...[
    'messages',
    'audit',
    'url',
    'events',
    'secret_env',
    'allow_private',
    'distinct_users',
    'metric',
    'over',
    'account',
  ],
  ...['key_env', 'url_env', 'every', 'query', 'folder', 'map'],
]

function checked<T>(
  text: string,
  schema: z.ZodType<T>,
  namesIn: (value: T) => Finding[],
  read: ReadYaml = parseYaml,
): Checked<T> {
  const parsed = read(text)
  if ('errors' in parsed) return { errors: parsed.errors }
  const result = schema.safeParse(parsed.value, { reportInput: true })
  const errors = result.success ? namesIn(result.data) : findingsOf(result.error, KEYS)
  if (result.success && errors.length === 0) return { value: result.data, errors: [] }
  return { errors: errors.map(error => ({ ...error, path: placeIn(text, error.path) })) }
}
