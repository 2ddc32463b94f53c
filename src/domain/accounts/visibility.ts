import { type Destination, isSameDestination } from '../delivery/destination.ts'

/** Whether a destination may see revenue: only if one of its digests says so. */
export function mayShowArr(
  digests: readonly { readonly to: Destination; readonly show: { readonly arr: boolean } }[],
  destination: Destination,
): boolean {
  return digests.some(({ to, show }) => isSameDestination(to, destination) && show.arr)
}
