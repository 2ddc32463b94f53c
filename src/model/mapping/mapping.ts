import * as z from 'zod'
import { condition } from '../schema/condition.ts'
import { duration, timeZone } from '../schema/fields.ts'
import { refuse } from '../schema/finding.ts'
import { accountRef, numberValue, rowCondition, value } from './value.ts'

const name = z.string().trim().min(1).max(200)

const accounts = z
  .strictObject({
    id: value.optional(),
    /** Instead of an id: the account that is there already. */
    account: accountRef.optional(),
    name: value.optional(),
    segment: value.optional(),
    owner: value.optional(),
    arr: value.optional(),
    renewal_on: value.optional(),
    created_on: value.optional(),
    lifecycle: value.optional(),
    domain: value.optional(),
    /** Further attributes, by the names that the model knows them by. */
    attributes: z.record(name, value).default({}),
    only: rowCondition.optional(),
  })
  .superRefine(({ id, account, name }, context) => {
    if (id === undefined && account === undefined)
      refuse(context, 'Nothing says which account a row is about.', 'Write id, or account with how it is found.')
    if (id !== undefined && name === undefined)
      refuse(context, 'A new account needs a name.', 'Write name: and its column.')
  })

const people = z.strictObject({
  email: value,
  name: value.optional(),
  role: value.optional(),
  manager: value.optional(),
  time_zone: value.optional(),
  only: rowCondition.optional(),
})

/** The day of the file, instead of a column. */
const time = z.union([z.literal('file_day'), value])

const signal = z
  .strictObject({
    metric: z.union([name.transform(metric => ({ column: [] as string[], value: metric })), value]).optional(),
    /** Several metrics of one row: the column of each, and its metric. */
    metrics: z.record(name, name).optional(),
    account: accountRef,
    value: numberValue.optional(),
    at: time,
    id: value.optional(),
    only: rowCondition.optional(),
    /** Of all rows of an account and day one signal. */
    take: z.enum(['count', 'sum', 'mean', 'min', 'max', 'latest', 'distinct']).optional(),
    /** What is counted by `distinct`. */
    of: value.optional(),
    /** Days that a distinct count looks back, the day itself included. */
    over: duration.optional(),
    /** The value of accounts in the file of which no row is meant. */
    when_none: z.number().optional(),
  })
  .superRefine(({ metric, metrics, value, take, of, at }, context) => {
    if ((metric === undefined) === (metrics === undefined))
      refuse(context, 'A signal needs either metric or metrics.', 'Write metric: NAME, or metrics: {COLUMN: METRIC}.')
    if (take === 'distinct' && of === undefined)
      refuse(context, 'Nothing says what is counted.', 'Write of: and the column, such as the user.', ['of'])
    if (metric !== undefined && value === undefined && take !== 'count' && take !== 'distinct')
      refuse(context, 'A signal needs a value.', 'Write value: and a number or a column.', ['value'])
    if (at === 'file_day' && take === undefined)
      refuse(context, 'Rows without a time of their own need one signal for all.', 'Write take:, such as max.', [
        'take',
      ])
  })

const comment = z.strictObject({
  account: accountRef,
  text: value,
  at: time,
  author: value.optional(),
  id: value.optional(),
  sentiment: value.optional(),
  only: rowCondition.optional(),
})

const outcome = z.strictObject({
  account: accountRef,
  outcome: value,
  on: value,
  arr: value.optional(),
  reason: value.optional(),
  note: value.optional(),
  only: rowCondition.optional(),
})

/** What the columns of a file mean. */
export const mappingSchema = z.strictObject({
  /** What the file is, in words. */
  label: name.optional(),
  /** Where it comes from; signals and comments bear it as their source. */
  source: name.optional(),
  /** A file that has all of these is recognized; each may be written in several ways. */
  needs: z.array(z.union([name, z.array(name).min(1)])).optional(),
  /** The columns of the file that the mapping was made for, so that a change of its shape is noticed. */
  columns: z.array(z.string()).optional(),
  sheet: name.optional(),
  /** Of times that say none. */
  time_zone: timeZone.optional(),
  /** A second file, named with --with: its columns are `with.COLUMN` here. */
  with: z.strictObject({ what: name.optional(), column: name, is: name }).optional(),
  /** Rows that are meant. */
  only: rowCondition.optional(),
  /** What routes.yaml should say of who is a customer; it is proposed, never applied. */
  customers: condition.optional(),
  accounts: accounts.optional(),
  people: people.optional(),
  signals: z.array(signal).default([]),
  comments: z.array(comment).default([]),
  outcomes: z.array(outcome).default([]),
})

export type Mapping = z.output<typeof mappingSchema>
export type AccountsBlock = NonNullable<Mapping['accounts']>
export type PeopleBlock = NonNullable<Mapping['people']>
export type SignalBlock = Mapping['signals'][number]
export type CommentBlock = Mapping['comments'][number]
export type OutcomeBlock = Mapping['outcomes'][number]
