import * as z from 'zod'

/** How much is asked for at once, and from where on. */
export const PAGE = {
  limit: z.coerce
    .number('Write a number from 1 to 500')
    .int()
    .min(1, 'Write a number from 1 to 500')
    .max(500, 'Write a number from 1 to 500')
    .default(100)
    .meta({ description: 'At most so many, 1 to 500.' }),
  cursor: z
    .string()
    .max(1_000)
    .refine(text => keysIn(text) !== undefined, 'This is not a cursor that Rounds gave')
    .optional()
    .meta({ description: 'The `next` of the page before.' }),
}

/** A page of things: `next` asks for those that follow, null at the end. */
export function pageOf<Item extends z.ZodType>(item: Item, id: string) {
  return z
    .strictObject({ items: z.array(item), next: z.string().nullable() })
    .meta({ id, description: 'A page; `next` is the cursor of the one that follows, null at the end.' })
}

/** Where a page ended, in letters that mean nothing to others. */
export function cursorOf(keys: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url')
}

export function keysIn(cursor: string | undefined): readonly (string | number)[] | undefined {
  if (cursor === undefined) return undefined
  try {
    const keys = KEYS.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return keys.success ? keys.data : undefined
  } catch {
    return undefined
  }
}

const KEYS = z.array(z.union([z.string(), z.number()])).min(1)
