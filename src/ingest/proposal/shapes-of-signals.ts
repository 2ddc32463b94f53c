import type { Clues } from '../clues/clues.ts'
import { isDayOfRow, type Meaning } from '../clues/meanings.ts'
import { metricNamed } from '../clues/metric-names.ts'
import { metricsOf } from '../clues/metrics-of.ts'
import { plainWords } from '../clues/profile.ts'
import { idOf } from './id-of.ts'

type Written = Record<string, unknown>

/** A metric, a value and a time in each row. */
export function long({ one, account, ofModel }: Clues): Written | undefined {
  const [metric, value, at] = [one('metric'), one('value'), one('at')]
  if (metric === undefined || value === undefined || at === undefined || account === undefined) return undefined
  const words = Object.fromEntries(
    [...metric.values.keys()]
      .slice(0, 200)
      .map(name => [name, metricNamed(name, plainWords(name), ofModel)] as const)
      .filter(([name, known]) => name !== known && ofModel.has(known)),
  )
  const hasWords = Object.keys(words).length > 0
  return {
    signals: [
      {
        metric: { column: metric.name, ...(hasWords && { words, other_words: 'keep' }) },
        account,
        value: value.name,
        at: at.name,
        ...idOf(one('row_id')),
      },
    ],
  }
}

/** Somebody did something: who, when. */
export function events({ one, account, figures, ofModel }: Clues): Written | undefined {
  const [event, at, user] = [one('event'), one('at'), one('user') ?? one('email')]
  if (event === undefined || at === undefined || account === undefined || event.isUnique) return undefined
  const logins = [...event.values.keys()].filter(name => /log(?:ged)? ?in|sign(?:ed)? ?in|anmeld/i.test(name))
  const count =
    one('value') ??
    figures.find(({ words }) => /(?:^| )(?:count|uses|times|quantity)$/.test(words) && !/error|fail/.test(words))
  const amount = count === undefined ? { take: 'count' } : { value: count.name, take: 'sum' }
  return {
    signals: [
      ...(user === undefined
        ? []
        : [{ metric: 'active_users', account, at: at.name, take: 'distinct', of: user.name, over: '7d' }]),
      ...(logins.length === 0
        ? []
        : [{ metric: 'logins', only: { column: event.name, one_of: logins }, account, at: at.name, ...amount }]),
      {
        metric: ofModel.has('key_feature_uses') ? 'key_feature_uses' : 'feature_uses',
        ...(logins.length > 0 && { only: { column: event.name, none_of: logins } }),
        account,
        at: at.name,
        ...amount,
      },
    ],
  }
}

/** Columns that tell a list of accounts. */
const OF_ACCOUNTS: readonly Meaning[] = [
  'owner',
  'arr',
  'mrr',
  'renewal_on',
  'lifecycle',
  'segment',
  'domain',
  'pulse',
  'text',
]

/** A row for each account and time, and figures beside them. */
export function wide({ one, account, isKnown, isOnePerAccount, figures, ofModel }: Clues): Written | undefined {
  const at = one('at') ?? one('created_on')
  if (account === undefined || at === undefined) return undefined
  // Of one day, too, as a weekly report is.
  const isReport = isKnown && isDayOfRow(at) && OF_ACCOUNTS.every(meaning => one(meaning) === undefined)
  if (isOnePerAccount && !isReport) return undefined
  const metrics = metricsOf(figures, ofModel)
  return Object.keys(metrics).length === 0 ? undefined : { signals: [{ metrics, account, at: at.name }] }
}
