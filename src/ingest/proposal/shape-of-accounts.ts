import { type Clues, FINE } from '../clues/clues.ts'
import { isDayOfRow, MOODS } from '../clues/meanings.ts'
import { isUsualMetric } from '../clues/metric-names.ts'
import { metricsOf } from '../clues/metrics-of.ts'
import type { ColumnProfile } from '../clues/profile.ts'

type Written = Record<string, unknown>

/** A row for each account. */
export function accounts(clues: Clues): Written | undefined {
  const { one, account, isKnown, newId, columns, meanings, figures, ofModel } = clues
  const name = one('account_name')
  if (account === undefined && newId === undefined) return undefined
  const seen = one('at')
  const ofFile = { at: 'file_day', take: 'latest' }
  const at = seen === undefined ? ofFile : { at: seen.name }
  const arr = one('arr')
  const mrr = one('mrr')
  const known = {
    owner: one('owner')?.name,
    arr: arr?.name ?? (mrr && { column: mrr.name, times: 12 }),
    renewal_on: one('renewal_on')?.name,
    created_on: one('created_on')?.name,
    lifecycle: one('lifecycle')?.name,
    segment: one('segment')?.name,
    domain: one('domain') && { column: one('domain')?.name, as: 'domain' },
  }
  const usual = figures.filter(column => isUsualMetric(column.name, column.words, ofModel))
  const attributes = columns.filter(
    column =>
      column.name !== '' &&
      column.filled > 0 &&
      !meanings.has(column.name) &&
      !usual.includes(column) &&
      column.longest <= 200,
  )
  const [pulse, text, nps] = [one('pulse'), one('text'), one('nps')]
  const ref =
    account ?? (newId === undefined ? undefined : [{ id: newId }, ...(name === undefined ? [] : [{ name: name.name }])])
  const metrics = metricsOf(usual, ofModel)
  const signals = [
    ...(pulse === undefined ? [] : [{ metric: 'csm_pulse', account: ref, value: pulseValue(pulse), ...at }]),
    ...(nps === undefined ? [] : [{ metric: 'nps', account: ref, value: nps.name, ...at }]),
    ...(Object.keys(metrics).length === 0
      ? []
      : [{ metrics, account: ref, ...(seen !== undefined && isDayOfRow(seen) ? at : ofFile) }]),
  ]
  const stages = [...(one('lifecycle')?.values.keys() ?? [])].map(stage => stage.toLowerCase())
  const prospects = stages.filter(stage => /lead|prospect|opportunit|subscriber|interessent|trial/.test(stage))
  return {
    ...(prospects.length > 0 && {
      customers: { not: { attribute: 'lifecycle', one_of: ['churned', 'closed', ...prospects] } },
    }),
    accounts: {
      // A file that only has the ids of accounts that are there gives them no names.
      ...(newId === undefined || (name === undefined && account !== undefined && isKnown)
        ? { account }
        : { id: newId, name: name?.name ?? newId }),
      ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
      ...(attributes.length > 0 && {
        attributes: Object.fromEntries(attributes.map(({ name, words }) => [words.replace(/ /g, '_') || name, name])),
      }),
    },
    ...(signals.length > 0 && { signals }),
    ...(text !== undefined && { comments: [{ account: ref, text: text.name, at: seen?.name ?? 'file_day' }] }),
  }
}

/** On the scale of a pulse, 1 to 5. */
function pulseValue({ name, numbers, range, values }: ColumnProfile): unknown {
  if (numbers < 0.9) {
    return { column: name, words: moodWords([...values.keys()].map(word => word.toLowerCase())) }
  }
  if (range.max <= FINE) return name
  return { column: name, times: range.max <= 10 ? 0.5 : 0.05 }
}

/** All words of the lists that the column's words are of: tomorrow's file may have others of them. */
function moodWords(used: readonly string[]): Record<string, number | null> {
  const whole = MOODS.filter(mood => used.every(word => word in mood))
  const moods = whole.length > 0 ? whole.slice(0, 1) : MOODS.filter(mood => used.some(word => word in mood))
  const known: Record<string, number> = Object.assign({}, ...moods)
  const others = used.filter(word => !(word in known)).map(word => [word, null] as const)
  return { ...known, ...Object.fromEntries(others) }
}
