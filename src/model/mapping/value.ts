import * as z from 'zod'

const column = z.string().trim().min(1).max(300)

/** How the dates of a column are written; one rule for all of it. */
export const DATE_RULES = [
  'iso',
  'day-first',
  'month-first',
  'month-names',
  'unix-seconds',
  'unix-milliseconds',
  'excel',
] as const
export type DateRule = (typeof DATE_RULES)[number]

const word = z.union([z.string(), z.number(), z.boolean()]).transform(String).nullable()

const longValue = z.strictObject({
  /** Of several the first that is filled. */
  column: z.union([column, z.array(column).min(1)]).optional(),
  /** The same for every row. */
  value: z.union([z.string(), z.number()]).transform(String).optional(),
  date: z.enum(DATE_RULES).optional(),
  decimal: z.enum(['.', ',']).optional(),
  /** Whether 85% is 85 or 0.85. */
  percent: z.enum(['points', 'share']).optional(),
  times: z.number().optional(),
  /** What words of the column mean; null leaves the row out. */
  words: z.record(z.string(), word).optional(),
  /** Words that are not listed: kept as they are, or the row is left out. Else it is rejected. */
  other_words: z.enum(['keep', 'leave_out']).optional(),
  /** Whole days from the date in the column to the day of the file, at least 0. */
  days_past: z.boolean().optional(),
  as: z.enum(['slug', 'domain', 'name']).optional(),
})

/** Where a value comes from: the name of a column, or more about it. */
export const value = z
  .union([column.transform(name => ({ column: [name] })), longValue])
  .transform(({ column, ...rest }) => ({
    ...rest,
    column: column === undefined ? [] : Array.isArray(column) ? column : [column],
  }))

export type Value = {
  readonly column: readonly string[]
  readonly value?: string | undefined
  readonly date?: DateRule | undefined
  readonly decimal?: '.' | ',' | undefined
  readonly percent?: 'points' | 'share' | undefined
  readonly times?: number | undefined
  readonly words?: Readonly<Record<string, string | null>> | undefined
  readonly other_words?: 'keep' | 'leave_out' | undefined
  readonly days_past?: boolean | undefined
  readonly as?: 'slug' | 'domain' | 'name' | undefined
}

/** A number that is the same for every row, or where it comes from. */
export const numberValue = z.union([z.number().transform(number => ({ column: [], value: String(number) })), value])

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String)

/** Which rows are meant; words are compared without regard to case. */
const rowClause = z.strictObject({
  /** Of several the first that is filled; with `contains` and `lacks`, any. */
  column: z.union([column, z.array(column).min(1)]).transform(names => [names].flat()),
  is: text.optional(),
  is_not: text.optional(),
  one_of: z.array(text).optional(),
  none_of: z.array(text).optional(),
  contains: z.array(text).optional(),
  lacks: z.array(text).optional(),
  filled: z.boolean().optional(),
})
export const rowCondition = z.union([rowClause.transform(clause => [clause]), z.array(rowClause)])
export type RowClause = z.output<typeof rowClause>

/** How the account of a row is found: by its id, a domain, an e-mail address at it, its name, or an attribute that it has. */
const oneAccount = z.union([
  column.transform(name => ({ by: 'id' as const, column: [name] })),
  z.strictObject({ id: value }).transform(({ id }) => ({ by: 'id' as const, ...id })),
  z.strictObject({ domain: value }).transform(({ domain }) => ({ by: 'domain' as const, ...domain })),
  z.strictObject({ email: value }).transform(({ email }) => ({ by: 'email' as const, ...email })),
  z.strictObject({ name: value }).transform(({ name }) => ({ by: 'name' as const, ...name })),
  z
    .strictObject({ attribute: z.string().min(1), is: value })
    .transform(({ attribute, is }) => ({ by: 'attribute' as const, attribute, ...is })),
])
/** Tried one after another, until one finds an account. */
export const accountRef = z.union([oneAccount.transform(one => [one]), z.array(oneAccount).min(1)])
export type AccountRef = Value & {
  readonly by: 'id' | 'domain' | 'email' | 'name' | 'attribute'
  readonly attribute?: string
}
