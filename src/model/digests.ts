import * as z from 'zod'
import { destinationName } from '../domain/delivery/destination.ts'
import { conditionNameErrors, type Nameable } from './lint/lint-conditions.ts'
import { cronPattern } from './routes.ts'
import { condition } from './schema/condition.ts'
import { destination, identifier, timeZone } from './schema/fields.ts'
import { type Finding, findingsOf, refuse } from './schema/finding.ts'
import { writtenCondition } from './schema/written-condition.ts'

const digest = z.strictObject({
  name: identifier,
  schedule: cronPattern,
  time_zone: timeZone.default('UTC'),
  to: destination,
  filter: condition.optional(),
  say_nothing: z.enum(['line', 'silence']).default('line'),
  show: z.strictObject({ arr: z.boolean().default(false) }).prefault({}),
  kind: z.enum(['changes', 'portfolio']).default('changes'),
})

/** What is said where and when. */
export const digestsSchema = z.strictObject({
  digests: z.array(digest).superRefine((digests, context) => {
    for (const [index, { name }] of digests.entries()) {
      if (digests.findIndex(other => other.name === name) < index) {
        refuse(context, `The name "${name}" is already taken.`, 'Give each digest its own name.', [index, 'name'])
      }
    }
  }),
})

export type Digest = z.infer<typeof digest>

/** A digest as the file would write it, with every key. */
export function writtenDigest({ filter, ...digest }: Digest) {
  return {
    ...digest,
    to: destinationName(digest.to),
    ...(filter !== undefined && { filter: writtenCondition(filter) }),
  }
}

/** One digest as it was written; or what is wrong with it, by the path of each key. */
export function readDigest(written: unknown, model: Nameable): { digest: Digest } | { findings: readonly Finding[] } {
  const parsed = digest.safeParse(written, { reportInput: true })
  if (!parsed.success) return { findings: findingsOf(parsed.error, Object.keys(digest.shape)) }
  const { filter } = parsed.data
  const findings = filter === undefined ? [] : conditionNameErrors(model, filter, ['filter'])
  return findings.length > 0 ? { findings } : { digest: parsed.data }
}
