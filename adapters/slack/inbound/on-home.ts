import { faultOf } from '../outbound/errors.ts'
import { publishHome } from '../outbound/messages.ts'
import type { Desk } from './desk.ts'
import type { Opened } from './on-install.ts'

/** Somebody opened their App Home: it shows what is so now. */
export async function onHome({ client, door, log, actor }: Desk, { user, tab }: Opened): Promise<void> {
  if (tab !== 'home') return
  try {
    await publishHome(client, user, await door.home(actor(user)))
  } catch (error) {
    log.warn({ ...faultOf(error), user }, 'slack home not shown')
  }
}
