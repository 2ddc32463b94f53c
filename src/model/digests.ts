import { z } from 'zod'
import { condition } from './condition-schema.ts'
import { destination, identifier, timeZone } from './fields.ts'
import { refuse } from './finding.ts'
import { cronPattern } from './routes.ts'

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
        refuse(context, `The name "${name}" is taken already.`, 'Give each digest its own name.', [index, 'name'])
      }
    }
  }),
})

export type Digest = z.infer<typeof digest>
