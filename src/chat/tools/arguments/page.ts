import * as z from 'zod'

const MOST = 50

/** How much is answered at once, and from where on. */
export const PAGE = {
  limit: z.number().int().min(1).max(MOST).default(20),
  cursor: z.string().max(20).regex(/^\d+$/, 'Send the next of the answer before').optional(),
}

type Range = { readonly limit: number; readonly cursor?: string | undefined }

/** Where the page begins, and where it ends. */
export function rangeOf({ limit, cursor = '0' }: Range): { readonly skip: number; readonly end: number } {
  const skip = Number(cursor)
  return { skip, end: skip + limit }
}

/** One page of all there are; `next` asks for the one that follows, null at the end. */
export function paged<Item>(all: readonly Item[], range: Range) {
  const { skip, end } = rangeOf(range)
  return { shown: all.slice(skip, end), total: all.length, next: end < all.length ? String(end) : null }
}
