import * as z from 'zod'

const seconds = z.number().int().nonnegative()

export const INVOICE = z.object({
  object: z.literal('invoice'),
  id: z.string(),
  status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void']).nullable(),
  created: seconds,
  due_date: seconds.nullish(),
  status_transitions: z.object({ finalized_at: seconds.nullish() }).nullish(),
})

const RECURRING = z.object({
  interval: z.enum(['day', 'week', 'month', 'year']),
  interval_count: z.number().positive().default(1),
})

export const SUBSCRIPTION = z.object({
  object: z.literal('subscription'),
  id: z.string(),
  status: z.string(),
  currency: z.string().default('usd'),
  current_period_end: seconds.nullish(),
  items: z.object({
    data: z.array(
      z.object({
        quantity: z.number().nonnegative().nullish(),
        current_period_end: seconds.nullish(),
        price: z.object({
          unit_amount: z.number().nullish(),
          unit_amount_decimal: z.string().nullish(),
          recurring: RECURRING.nullish(),
        }),
      }),
    ),
  }),
})

export const EVENT = z.object({
  id: z.string(),
  type: z.string(),
  created: seconds,
  data: z.object({ object: z.object({ object: z.string() }).loose() }),
})

export type Invoice = z.infer<typeof INVOICE>
export type Subscription = z.infer<typeof SUBSCRIPTION>
