import type { Context } from '../../context.ts'
import { mayShowArr } from '../../domain/accounts/visibility.ts'
import type { Request } from '../port.ts'

export type MaybeMasked<T> = { readonly lines: readonly T[]; readonly isMasked: boolean }

/** In a place that others can read, ARR shows only if a digest of that channel shows it. */
export function withArrOnlyIf<T extends { readonly arr?: number }>(
  { settings }: Pick<Context, 'settings'>,
  { isPrivate, actor, channel }: Pick<Request, 'isPrivate' | 'actor' | 'channel'>,
  lines: readonly T[],
): MaybeMasked<T> {
  const isAllowed = isPrivate || mayShowArr(settings.digests, { platform: actor.platform, channel })
  const isMasked = !isAllowed && lines.some(({ arr }) => arr !== undefined)
  return { lines: isMasked ? lines.map(withoutArr) : lines, isMasked }
}

function withoutArr<T extends { readonly arr?: number }>(line: T): T {
  const { arr: _, ...rest } = line
  return rest as T
}
