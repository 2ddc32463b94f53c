import { isThing, type Thing } from '../thing.ts'

/** What the bot answered to a delivery. */
export type Receipt = { readonly status: number; readonly body: unknown }

/** How long Teams waits for the answer to an invoke. */
const PATIENCE = 10_000

/** Posts an activity to the bot as the connector does. */
export async function deliver(botUrl: string, activity: Thing | string, token: string | undefined): Promise<Receipt> {
  const response = await fetch(`${botUrl}/api/messages`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
    signal: AbortSignal.timeout(PATIENCE),
  })
  const text = await response.text()
  return { status: response.status, body: parsedOrText(text) }
}

function parsedOrText(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return isThing(value) ? value : text
  } catch {
    return text
  }
}
