import type { Context } from '../../context.ts'
import { identify } from '../../work/people/identify.ts'
import { personAskingOrNone, personCalledOrNone } from '../../work/people/person-asking.ts'
import type { Request } from '../port.ts'

/** The time zone in which the person who asks writes and reads days. */
export async function readerZone(context: Context, { actor }: Pick<Request, 'actor'>): Promise<string> {
  const { email } = await identify(context, actor)
  const person =
    (await personAskingOrNone(context, actor)) ??
    (email === undefined ? undefined : await personCalledOrNone(context, email))
  return person?.timeZone ?? context.settings.routes.scoring.time_zone
}
