import type { ListQuery } from '../../domain/portfolio/list-query.ts'
import type { FormView, Option } from '../form.ts'

/** The filters of a list: each can be left open. */
export function listFilterForm(
  query: ListQuery,
  { bands, segments, owner }: { bands: readonly Option[]; segments: readonly string[]; owner?: Option | undefined },
): FormView {
  const known = segments.slice(0, MOST_SEGMENTS)
  return {
    title: 'Filter accounts',
    submit: 'Show',
    fields: [
      {
        kind: 'choice',
        id: 'band',
        label: 'Band',
        options: [{ value: ANY, label: 'Any' }, ...bands],
        initial: query.band ?? ANY,
      },
      {
        kind: 'person',
        id: 'owner',
        label: 'Owner',
        optional: true,
        ...(owner !== undefined && { initial: owner }),
      },
      ...(known.length === 0
        ? []
        : [
            {
              kind: 'choice' as const,
              id: 'segment',
              label: 'Segment',
              options: [{ value: ANY, label: 'Any' }, ...known.map(value => ({ value, label: value }))],
              initial: known.find(value => value.toLowerCase() === query.segment?.toLowerCase()) ?? ANY,
            },
          ]),
      {
        kind: 'choice',
        id: 'renewal',
        label: 'Renewal',
        options: [
          { value: ANY, label: 'Any' },
          ...HORIZONS.map(days => ({ value: days, label: `Within ${days} days` })),
        ],
        initial: HORIZONS.find(days => days === String(query.renewal)) ?? ANY,
      },
      {
        kind: 'choice',
        id: 'change',
        label: 'Change in 30 days',
        options: [
          { value: ANY, label: 'Any' },
          { value: 'falling', label: 'Falling' },
          { value: 'rising', label: 'Rising' },
        ],
        initial: query.change ?? ANY,
      },
    ],
  }
}

/** The option that filters nothing. */
export const ANY = '-'

const HORIZONS = ['30', '60', '90', '180', '365'] as const

const MOST_SEGMENTS = 90

/** Which account a command is meant for. */
export function accountPickForm(title: string): FormView {
  return {
    title,
    submit: 'Open',
    fields: [{ kind: 'account', id: 'account', label: 'Account', hint: 'Type a part of its name.' }],
  }
}
