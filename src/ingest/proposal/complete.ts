import type { Clues } from '../clues/clues.ts'
import type { Meaning } from '../clues/meanings.ts'
import { isUsualMetric } from '../clues/metric-names.ts'
import { metricsOf } from '../clues/metrics-of.ts'

type Written = Readonly<Record<string, unknown>>

const FIELDS: readonly Meaning[] = ['owner', 'arr', 'renewal_on', 'created_on', 'lifecycle', 'segment', 'domain']

/** A list of accounts with what a team added to its tool: columns that say what the mapping of Rounds found no column for. */
export function completed(written: Written, { one, figures, ofModel }: Clues, unread: readonly string[]): Written {
  const accounts = written.accounts as Written | undefined
  const isUnread = (name: string | undefined) => name !== undefined && unread.includes(name)
  const [first, ...others] = (written.signals as Written[] | undefined) ?? []
  if (first?.metrics !== undefined) {
    const more = figures.filter(({ name }) => isUnread(name))
    const known = first.metrics as Readonly<Record<string, string>>
    const taken = new Set(Object.values(known))
    const fresh = Object.entries(metricsOf(more, ofModel)).filter(([, metric]) => !taken.has(metric))
    return {
      ...written,
      signals: [{ ...first, metrics: { ...known, ...Object.fromEntries(fresh) } }, ...others],
    }
  }
  if (accounts?.id === undefined) return written
  const more = FIELDS.filter(field => accounts[field] === undefined && isUnread(one(field)?.name))
  const usual = figures.filter(({ name, words }) => isUnread(name) && isUsualMetric(name, words, ofModel))
  const metrics = metricsOf(usual, ofModel)
  return {
    ...written,
    accounts: { ...accounts, ...Object.fromEntries(more.map(field => [field, one(field)?.name])) },
    ...(usual.length > 0 && {
      signals: [
        ...((written.signals as unknown[] | undefined) ?? []),
        { metrics, account: { id: accounts.id }, at: 'file_day', take: 'latest' },
      ],
    }),
  }
}
