import * as z from 'zod'
import { withTopics } from '../domain/comments/topic.ts'
import { duration, identifier, sentence } from './schema/fields.ts'
import { refuse } from './schema/finding.ts'

const name = z.string().trim().min(1).max(200)
/** Secrets stand in the environment; the file only names them. */
const variable = z.string().superRefine((text, context) => {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return
  refuse(context, 'This is not the name of an environment variable.', 'Write a name such as STRIPE_WEBHOOK_SECRET.')
})

const segment = z.strictObject({
  events: z.record(name, name).default({}),
  distinct_users: z.strictObject({ metric: name, over: duration }).optional(),
  account: z
    .string()
    .regex(/^(groupId|(traits|properties)\.\S+)$/, 'Write groupId, traits.NAME or properties.NAME')
    .default('groupId'),
})

const signed = { secret_env: variable, account: name }

const query = z.strictObject({ metric: name, query: sentence })

/** How comments are kept, and what they can be about beyond what Rounds knows. */
const comments = z
  .strictObject({
    store_text: z.boolean().default(true),
    topics: z.record(name, z.array(z.string().min(2).max(200)).min(1)).default({}),
  })
  .prefault({})
  .transform(({ store_text, topics }) => ({ storeText: store_text, topics: withTopics(topics) }))

/** What comes in by itself, and what it becomes. */
export const sourcesSchema = z.strictObject({
  segment: segment.optional(),
  stripe: z.strictObject({ ...signed, key_env: variable.optional() }).optional(),
  zendesk: z.strictObject(signed).optional(),
  intercom: z.strictObject(signed).optional(),
  hubspot: z.strictObject(signed).optional(),
  postgres: z.array(z.strictObject({ url_env: variable, every: duration, signals: z.array(query).min(1) })).default([]),
  folders: z.array(z.strictObject({ folder: name, map: identifier })).default([]),
  maps: name.optional(),
  comments,
})

export type Sources = z.infer<typeof sourcesSchema>
