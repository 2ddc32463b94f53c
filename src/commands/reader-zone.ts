import type { Request } from '../chat.ts'
import type { Context } from '../context.ts'
import { identify } from '../operations/identify.ts'
import { timeZoneOf } from '../operations/office.ts'

/** The time zone in which whoever asks writes and reads days. */
export async function readerZone(context: Context, { actor }: Pick<Request, 'actor'>): Promise<string> {
  return timeZoneOf(context, (await identify(context, actor)).email)
}
