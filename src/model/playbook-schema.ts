import { z } from 'zod'
import { ALERT_KINDS } from '../domain/alert-kind.ts'
import { identifier, label, score } from './fields.ts'

const trigger = z.union(
  [
    z.strictObject({ below: score }),
    z.strictObject({ between: z.tuple([score, score]) }),
    z.strictObject({ above: score }),
    z.strictObject({ crosses_below: score }),
    z.strictObject({ alert: z.enum(ALERT_KINDS), driver: z.string().optional() }),
  ],
  { error: 'Write one of {below: 50}, {between: [50, 70]}, {above: 80}, {crosses_below: 60}, {alert: sharp_drop}' },
)

/** `1bd`: business days; or a plain length of time. */
const due = z.string().regex(/^\d+(bd|[smhdw])$/, 'Write a due time such as 1bd (business days) or 4h')

export const playbook = z.strictObject({
  id: identifier,
  label: label.optional(),
  on: trigger,
  tasks: z.array(z.strictObject({ title: z.string().trim().min(1).max(300), role: z.string().min(1), due })).min(1),
})
