import type { Card } from '../../../src/views/card.ts'
import type { Activity } from '../connector/activity.ts'
import { withRetries } from '../connector/retries.ts'
import { editIn } from '../outbound/messages.ts'
import { placeOf } from './answer.ts'
import type { Desk } from './desk.ts'

/** Shows a card in the place of a message. */
export async function replaceMessage(desk: Desk, activity: Activity, id: string, card: Card): Promise<void> {
  await withRetries(() => editIn(desk, placeOf(activity), id, card))
}
