import * as z from 'zod'
import { REASON_CODES } from '../../domain/pulses/pulse.ts'
import { isoTime } from '../../domain/time/iso-time.ts'
import { lastPulseOrNone } from '../../store/pulses/pulses.ts'
import { findOneAccount } from '../accounts/find/find-account.ts'
import { pulseForm } from '../pulses/pulse.ts'
import { ACCOUNT } from './arguments/account.ts'
import { cardOfReply } from './card-of-reply.ts'
import { acting } from './tool.ts'

export const recordPulse = acting({
  name: 'record_pulse',
  title: 'Record a pulse',
  description:
    'Records how the person who asks rates the relationship with an account, 1 to 5. A note is needed for 1 and 5. Ask the person for the rating; never make one up.',
  input: {
    account: ACCOUNT,
    rating: z.number().int().min(1, 'Choose a rating from 1 to 5').max(5, 'Choose a rating from 1 to 5'),
    note: z.string().max(2_000).default(''),
    reasons: z
      .array(z.enum(Object.keys(REASON_CODES) as [string, ...string[]]))
      .max(3)
      .default([]),
  },
  async run(context, { use: { actor, deliveryId }, input: { account, ...values }, now }) {
    const { key, id, name } = await findOneAccount(context.connection, account, now)
    const before = await lastPulseOrNone(context.connection.db, key, now)
    const state = JSON.stringify({ account: id, pulse: deliveryId })
    const filled = { ...values, rating: String(values.rating) }
    const card = cardOfReply(
      await pulseForm.submit(context, { actor, form: 'pulse', state, values: filled, deliveryId }),
    )
    const was = before && { rating: before.rating, at: isoTime(before.at), by: before.by }
    return {
      card,
      subject: `account:${id}`,
      data: { done: true, before: was ?? null, account: { id, name }, rating: values.rating },
    }
  },
})
