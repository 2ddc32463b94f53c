import * as z from 'zod'
import { parseInstant } from '../../domain/time/time-text.ts'

/** A time in a question, as ISO 8601; a bare day is its midnight, UTC. */
export const INSTANT = z
  .string()
  .transform((text, context) => {
    const instant = parseInstant(text)
    if (instant !== undefined) return instant
    context.addIssue({ code: 'custom', message: 'Write a time as 2026-11-01 or 2026-11-01T06:00:00Z' })
    return z.NEVER
  })
  .meta({ description: 'ISO 8601; a bare day is its midnight, UTC.' })
