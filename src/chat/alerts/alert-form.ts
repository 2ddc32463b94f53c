import { z } from 'zod'
import { BotError } from '../../errors.ts'

/** Travels with every form about an alert: which one, and who held it when the form was opened. */
const schema = z.object({ alert: z.string(), held: z.string().optional() })

export function alertOfForm(state: string): z.infer<typeof schema> {
  const parsed = schema.safeParse(readJson(state))
  if (parsed.success) return parsed.data
  throw new BotError('form_expired', 'This form no longer matches an alert.', 'Open it again from the alert.')
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
