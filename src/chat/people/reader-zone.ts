import type { Context } from '../../context.ts'
import { identify } from '../../work/people/identify.ts'
import { timeZoneOf } from '../../work/schedule/business-calendar.ts'
import type { Request } from '../port.ts'

/** The time zone in which the person who asks writes and reads days. */
export async function readerZone(context: Context, { actor }: Pick<Request, 'actor'>): Promise<string> {
  return timeZoneOf(context, (await identify(context, actor)).email)
}
