import type { Context as WholeContext } from '../context.ts'
import { type Destination, destinationName } from '../domain/delivery/destination.ts'
import { DeliveryError } from '../errors.ts'

type Context = Pick<WholeContext, 'chats'>

/** What people call a channel or a person: "#cs", "dana@ours.example"; undefined where the platform does not tell. */
export async function placeNameOrNone({ chats }: Context, to: Destination): Promise<string | undefined> {
  if (to.person !== undefined) return to.person
  try {
    return await chats.get(to.platform)?.channelName?.(to.channel)
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    return undefined
  }
}

/** The same, or the name that the settings use if there is no other. */
export async function placeName(context: Context, to: Destination): Promise<string> {
  return (await placeNameOrNone(context, to)) ?? destinationName(to)
}
