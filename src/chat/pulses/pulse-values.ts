import * as z from 'zod'
import { MOST_REASONS, RATINGS, REASON_CODES, type ReasonCode } from '../../domain/pulses/pulse.ts'
import { PULSE_STANDS_DAYS } from '../../domain/pulses/pulse-due.ts'

const CODES = Object.keys(REASON_CODES) as ReasonCode[]

/** What a rating can be accompanied by. */
export const noteValues = z.object({
  note: z.string().trim().max(2_000, 'Keep it within 2,000 characters.').default(''),
  reasons: z
    .array(z.enum(CODES, 'That is not a reason on this list.'))
    .max(MOST_REASONS, `Choose at most ${MOST_REASONS} reasons.`)
    .default([]),
})

export const SAY_WHY = 'Say why in one sentence: a 1 or a 5 alone does not help.'

/** What is written in the form of a pulse. */
export const pulseValues = noteValues.extend({
  rating: z.coerce.number('Choose a rating from 1 to 5.').refine(value => RATINGS.some(rating => rating === value), {
    error: 'Choose a rating from 1 to 5.',
  }),
  expires: z
    .string()
    .trim()
    .default('')
    .transform(text => (text === '' ? PULSE_STANDS_DAYS : Number(text)))
    .refine(days => Number.isInteger(days) && days >= 1 && days <= 365, 'Write a number of days from 1 to 365.'),
})
