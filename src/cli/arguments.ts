import { DAY, type Day, dayOf, type Instant } from '../domain/time/instant.ts'
import { parseInstant } from '../domain/time/time-text.ts'
import { BotError } from '../errors.ts'

/** `--as-of T` and the like; a sentence instead of a guess for what is not a time. */
export function instantArgument(option: string, text: string): Instant {
  const instant = parseInstant(text)
  if (instant !== undefined) return instant
  throw usage(`${option} "${text}" is not a valid time.`, 'Write it as 2026-11-01 or 2026-11-01T06:00:00Z.')
}

/** Every day from one to another, both included. */
export function dayRange(from: string, to: string): Day[] {
  const [first, last] = [instantArgument('--from', from), instantArgument('--to', to)]
  if (first > last) throw usage(`--from ${from} is after --to ${to}.`, 'Swap them.')
  const start = Date.parse(dayOf(first))
  return Array.from({ length: Math.floor((last - start) / DAY) + 1 }, (_, index) => dayOf(start + index * DAY))
}

/** A refusal of how a command was written: exit 64. */
export function usage(sentence: string, hint?: string): BotError {
  return new BotError('usage', sentence, hint)
}
