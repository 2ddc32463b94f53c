import * as z from 'zod'
import { ALERT_KINDS } from '../../domain/alerts/alert-kind.ts'
import { identifier, label, score, sentence } from './fields.ts'
import { refuse } from './finding.ts'

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

/** `1bd`: business days, `4h`: business hours; days and weeks count by the calendar. */
const due = z.string().regex(/^\d+(bd|[smhdw])$/, 'Write a due time such as 1bd (business days) or 4h')

const task = z.strictObject({
  title: z.string().trim().min(1).max(300),
  role: z.string('Say whose task it is, such as role: csm').min(1),
  due,
})

/** A rule and its tasks; or `no_action`, which says why a range of scores is left alone by design. */
export const playbook = z
  .strictObject({
    id: identifier,
    label: label.optional(),
    on: trigger,
    tasks: z.array(task).default([]),
    no_action: sentence.optional(),
  })
  .superRefine(({ tasks, no_action }, context) => {
    if (tasks.length > 0 && no_action !== undefined) {
      refuse(context, 'It has tasks, and says that nothing is to be done.', 'Remove one of them.', ['no_action'])
    }
    if (tasks.length === 0 && no_action === undefined) {
      refuse(context, 'It does nothing.', 'Add tasks:, or no_action: with the reason why nothing is done.', ['tasks'])
    }
  })
