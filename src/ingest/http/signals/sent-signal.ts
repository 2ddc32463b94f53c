import * as z from 'zod'
import { isRefusal, quoted, type Refusal, refuse } from '../../cells/values.ts'
import type { SignalTexts } from '../../signals/read-signal.ts'
import { number, text } from '../fields.ts'
import type { SentRow } from '../sent-row.ts'

export const SENT_SIGNAL = z
  .object(
    {
      account_id: text('account_id').meta({ description: 'The id of an account that exists.', examples: ['acme'] }),
      metric: text('metric').meta({
        description: 'The name of the metric, at most 200 characters.',
        examples: ['active_users'],
      }),
      value: number('value').meta({ description: 'A finite JSON number, without quotes.', examples: [14] }),
      observed_at: text('observed_at').meta({
        description: 'When it happened: ISO 8601. A bare date is midnight UTC, and no offset means UTC.',
        examples: ['2026-11-20T08:00:00Z'],
      }),
      source: text('source')
        .nullish()
        .meta({ description: 'Who measured it; "api" if left out.', examples: ['app'] }),
      id: text('id')
        .nullish()
        .meta({
          description: 'Tells events of one account, metric and time apart, and makes sending one again harmless.',
          examples: ['evt-1'],
        }),
    },
    {
      error: ({ input }) =>
        `${quoted(input)} is not a signal, which is an object with account_id, metric, value, observed_at`,
    },
  )
  .meta({ id: 'Signal', description: 'One observation.' })

/** Of rows that name no source. */
export const DOOR = 'api'

/** The texts of a row as far as it can be read, and its value. */
export type SentSignal = { readonly texts: SignalTexts; readonly value: number | Refusal }

/** What is wrong is said of the value, so that a row counts among those of its time as far as it can be read. */
export function signalIn(sent: SentRow['sent']): SentSignal {
  if (isRefusal(sent)) return refused(sent)
  const { success, data, error } = SENT_SIGNAL.safeParse(sent.value)
  if (!success) return refused(refuse(error.issues[0]?.message ?? ''), sent.value)
  return { texts: textsOf(data), value: data.value }
}

export function textsOf(sent: z.infer<typeof SENT_SIGNAL>): SignalTexts {
  const { account_id: accountId, metric, observed_at: observedAt, source, id } = sent
  return { accountId, metric, observedAt, source: source || DOOR, id: id ?? '' }
}

function refused(value: Refusal, sent?: unknown): SentSignal {
  const { success, data } = PLACED.safeParse(sent)
  const { account_id: accountId = '', metric = '', observed_at: observedAt = '', id } = success ? data : {}
  return { texts: { accountId, metric, observedAt, source: '', id: id ?? '' }, value }
}

/** What tells a row's place, whatever else is wrong with it. */
const PLACED = z.object({
  account_id: z.string(),
  metric: z.string(),
  observed_at: z.string(),
  id: z.string().nullish(),
})
