import * as z from 'zod'
import type { Context } from '../../../context.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import { readerZone } from '../../people/reader-zone.ts'
import type { Actor } from '../../port.ts'
import { sinceInstant } from '../../words/account-words.ts'

export const SINCE = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .describe('A day such as 2026-11-01, monday or yesterday, in the time zone of the person; or a span such as 30d.')

/** The instant that a text names to the person who asks. */
export async function sinceOf(context: Context, actor: Actor, text: string, now: Instant): Promise<Instant> {
  return sinceInstant(text, now, await readerZone(context, { actor }))
}
