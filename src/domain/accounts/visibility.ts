/** Whether a destination may see revenue: only if one of its digests says so. */
export function mayShowArr(
  digests: readonly { readonly to: string; readonly show: { readonly arr: boolean } }[],
  destination: string,
): boolean {
  return digests.some(({ to, show }) => to === destination && show.arr)
}
