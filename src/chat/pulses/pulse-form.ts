import { z } from 'zod'
import type { Context } from '../../context.ts'
import { MOST_REASONS, RATINGS, REASON_CODES, type ReasonCode } from '../../domain/pulses/pulse.ts'
import { PULSE_STANDS_DAYS } from '../../domain/pulses/pulse-due.ts'
import { DAY } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { BotError } from '../../errors.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { accountByIdOrNone } from '../../store/accounts/accounts.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { pulseEffectCard } from '../../views/pulses/pulse-effect-card.ts'
import { pulseForm } from '../../views/pulses/pulse-form.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import { duePulses } from '../../work/pulses/due-pulses.ts'
import { recordPulse } from '../../work/pulses/record-pulse.ts'
import { timeZoneOf } from '../../work/schedule/business-calendar.ts'
import type { FormHandler } from '../form-handler.ts'
import type { Reply, Submission, SubmissionReply } from '../port.ts'

/** Travels with the form: the pulse has its id before it is sent, so that sending the same twice makes one. */
const stateSchema = z.object({ account: z.string(), pulse: z.string(), isWalk: z.boolean().default(false) })

const CODES = Object.keys(REASON_CODES) as ReasonCode[]

const valuesSchema = z.object({
  rating: z.coerce.number('Choose a rating from 1 to 5.').refine(value => RATINGS.some(rating => rating === value), {
    error: 'Choose a rating from 1 to 5.',
  }),
  note: z
    .string('Say why in one sentence.')
    .trim()
    .min(1, 'Say why in one sentence: a number alone does not help.')
    .max(2_000, 'Keep it within 2,000 characters.'),
  reasons: z
    .array(z.enum(CODES, 'That is not a reason on this list.'))
    .max(MOST_REASONS, `Choose at most ${MOST_REASONS} reasons.`)
    .default([]),
  expires: z
    .string()
    .trim()
    .default('')
    .transform(text => (text === '' ? PULSE_STANDS_DAYS : Number(text)))
    .refine(days => Number.isInteger(days) && days >= 1 && days <= 365, 'Write a number of days from 1 to 365.'),
})

/** The form itself, or a card with the button that opens it, where none can be opened now. */
export async function openPulse(
  context: Context,
  asked: { readonly actor: { platform: string; userId: string }; readonly canOpenForm: boolean },
  account: ListedAccount,
  way: 'alone' | 'walk' = 'alone',
): Promise<Reply> {
  await allow(context, await identify(context, asked.actor), 'pulse.submit', `account:${account.id}`, account.id)
  if (asked.canOpenForm) {
    const state = JSON.stringify({ account: account.id, pulse: context.newId(), isWalk: way === 'walk' })
    return { kind: 'form', form: pulseForm(account.name, state) }
  }
  const card = noticeCard(account.name, 'Your pulse is one press away.')
  const buttons = [
    {
      label: 'Submit pulse',
      action: way === 'walk' ? 'pulse-walk' : 'pulse',
      value: account.id,
      opensForm: true,
      isOffer: true,
      style: 'primary' as const,
    },
  ]
  return { kind: 'card', card: { ...card, buttons }, audience: 'caller' }
}

export const pulse: FormHandler = {
  id: 'pulse',
  async submit(context, submission): Promise<SubmissionReply> {
    const caller = await identify(context, submission.actor)
    const { account, id, isWalk } = await subjectOf(context, submission)
    await allow(context, caller, 'pulse.submit', `account:${account.id}`, account.id)
    const values = valuesSchema.safeParse(submission.values)
    if (!values.success) return { kind: 'errors', errors: sentences(values.error) }
    const { expires, ...said } = values.data
    const at = context.clock()
    const expiresAt = at + expires * DAY
    const by = caller.email ?? caller.name
    const effect = await recordPulse(context, account, { id, account: account.key, at, by, expiresAt, ...said })
    const waiting = isWalk && caller.email !== undefined ? await duePulses(context, caller.email, at) : undefined
    const standsUntil = dayIn(await timeZoneOf(context, caller.email), expiresAt)
    const pulse = { rating: said.rating, standsUntil }
    return { kind: 'card', card: pulseEffectCard(context.settings.model, account, pulse, effect, waiting) }
  },
}

async function subjectOf({ connection }: Context, { state }: Submission) {
  const parsed = stateSchema.safeParse(readJson(state))
  const account = parsed.success ? await accountByIdOrNone(connection.db, parsed.data.account) : undefined
  if (!parsed.success || account === undefined) {
    throw new BotError(
      'form_expired',
      'This form no longer matches an account.',
      'Open it again with /health pulse NAME.',
    )
  }
  return { account, id: parsed.data.pulse, isWalk: parsed.data.isWalk }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function sentences(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.map(({ path, message }) => [String(path[0]), message]))
}
