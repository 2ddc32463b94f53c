import type { Destination } from '../../domain/delivery/destination.ts'

/**
 * Either `to_channel` or `to_person` says where; the other is an empty text, which unlike null is unique and equal to
 * itself.
 */
export type DestinationColumns = { readonly platform: string; readonly to_channel: string; readonly to_person: string }

export function destinationColumns({ platform, channel = '', person = '' }: Destination): DestinationColumns {
  return { platform, to_channel: channel, to_person: person }
}

export function destinationOf({ platform, to_channel, to_person }: DestinationColumns): Destination {
  return to_person === '' ? { platform, channel: to_channel } : { platform, person: to_person }
}
