import type { Context } from '../../context.ts'
import { placeNameOrNone } from '../../delivery/place-name.ts'
import { lookWhetherShared } from '../../delivery/shared-places.ts'
import { destinationName } from '../../domain/delivery/destination.ts'
import { DeliveryError } from '../../errors.ts'
import type { Digest } from '../../model/digests.ts'
import { remedyOn } from '../platform.ts'

/** Checked before anything is saved or posted: a digest that cannot be delivered is refused while somebody can fix it. */
export async function lookAtChannel(
  context: Context,
  { to }: Pick<Digest, 'to'>,
): Promise<{ fault?: string; hint?: string }> {
  const { chats, platforms, log } = context
  const { platform, channel, person } = to
  const chat = chats.get(platform)
  if (chat === undefined) return { fault: `${platform} is not connected. Name a channel of another platform.` }
  try {
    await chat.probe(to)
    const isShared = channel !== undefined && (await lookWhetherShared(context, { platform, channel }))
    return isShared ? { fault: `People from outside your company can read ${await called(context, to)}. ${OWN}` } : {}
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    if (error.fault !== 'destination') {
      log.warn({ to: destinationName(to), reason: error.message }, 'could not check a channel')
      return { hint: 'I could not check whether I can post there: invite me if I am not in it yet.' }
    }
    if (person !== undefined) return { fault: `I cannot find ${person}. Is the address right?` }
    const remedy = remedyOn(platforms, platform, { to: 'channel', reason: error.message })
    return { fault: `I cannot post to ${await called(context, to)}. ${remedy} Or choose another channel.` }
  }
}

/** What to do instead, for a channel that outsiders read. */
const OWN = 'Choose a channel that only your company reads.'

async function called(context: Context, to: Digest['to']): Promise<string> {
  return (await placeNameOrNone(context, to)) ?? 'that channel'
}
