import type { Context } from '../../context.ts'
import { postedMessageOrNone } from '../../store/delivery/posted-message.ts'
import { redrawn } from '../../views/parts/redrawn.ts'
import type { Actor, MessageRef, Outcome } from '../port.ts'

type Asked = { readonly actor: Actor; readonly origin?: MessageRef }

/**
 * Does something that came from a message, and adds what that message shows from now on: if the act changed it, or if
 * it already shows the result, since the person may be looking at an older version.
 */
export async function withChange<R extends object>(
  { connection: { db }, clock }: Context,
  { actor: { platform }, origin }: Asked,
  act: () => Promise<R>,
): Promise<Outcome<R>> {
  if (origin === undefined) return act()
  const before = await postedMessageOrNone(db, platform, origin)
  const reply = await act()
  const after = before && (await postedMessageOrNone(db, platform, origin))
  const isShownThere = after?.version !== before?.version || ('isResult' in reply && reply.isResult === true)
  return after === undefined || !isShownThere ? reply : { ...reply, changed: redrawn(after.card, clock()) }
}
