import { WEEKDAYS, type Weekly } from '../../domain/digests/weekly-schedule.ts'
import type { ChoicesField, Field, FormView, LookupField, TextField } from '../form.ts'
import { DAY_NAMES } from './schedule-text.ts'

export type ShownDigest = {
  readonly name: string
  /** Days and a time; absent where the schedule says more than that. */
  readonly weekly?: Weekly
  readonly schedule: string
  readonly time_zone: string
  /** As the file writes it. */
  readonly to: string
  /** The platform's id of the channel, where it is one that can be chosen here. */
  readonly channel?: string
  /** Absent where the filter says more than segments. */
  readonly segments?: readonly string[]
  /** Such a filter, as digests.yaml writes it. */
  readonly filter?: string
  readonly say_nothing: 'line' | 'silence'
  readonly kind: 'changes' | 'portfolio'
  readonly show: { readonly arr: boolean }
  /** Those that accounts are in. */
  readonly knownSegments: readonly string[]
}

/** When, where and about whom; the rest is as most want it. What the form cannot write is shown, and stays. */
export function digestForm(digest: ShownDigest): FormView {
  const { name, weekly, schedule, time_zone, segments, filter, say_nothing, kind, show } = digest
  const stays = [
    weekly === undefined && `Its schedule stays as it is: ${schedule}`,
    segments === undefined && `Its filter stays as it is: ${filter}`,
  ].filter(words => typeof words === 'string')
  return {
    title: 'A digest',
    ...(stays.length > 0 && { intro: stays.join('\n') }),
    submit: 'Save',
    fields: [
      ...(weekly === undefined ? [] : weeklyFields(weekly)),
      channelField(digest),
      ...(segments === undefined ? [] : [segmentsField(segments, digest.knownSegments)]),
      { kind: 'text', id: 'name', label: 'Name', initial: name, maxLength: 60 },
      { kind: 'text', id: 'time_zone', label: 'Time zone', hint: 'Such as Europe/Berlin', initial: time_zone },
      {
        kind: 'choice',
        id: 'kind',
        label: 'What it shows',
        options: [
          { value: 'changes', label: 'What changed' },
          { value: 'portfolio', label: 'The portfolio as a whole' },
        ],
        initial: kind,
      },
      {
        kind: 'choice',
        id: 'say_nothing',
        label: 'When there is no news',
        options: [
          { value: 'line', label: 'One short line' },
          { value: 'silence', label: 'Nothing at all' },
        ],
        initial: say_nothing,
      },
      {
        kind: 'choice',
        id: 'arr',
        label: 'Show ARR',
        options: [
          { value: 'no', label: 'No' },
          { value: 'yes', label: 'Yes, everyone in this channel can see it' },
        ],
        initial: show.arr ? 'yes' : 'no',
      },
    ],
  }
}

function weeklyFields({ days, time }: Weekly): Field[] {
  return [
    {
      kind: 'choices',
      id: 'days',
      label: 'Days',
      options: WEEKDAYS.map(value => ({ value, label: DAY_NAMES[value] })),
      initial: days,
    },
    { kind: 'time', id: 'time', label: 'Time', initial: time },
  ]
}

function channelField({ to, channel }: ShownDigest): TextField | LookupField {
  if (channel === undefined) {
    return { kind: 'text', id: 'to', label: 'Channel', hint: 'platform:channel, with its ID there', initial: to }
  }
  return { kind: 'channel', id: 'to', label: 'Channel', initial: { value: channel, label: channel } }
}

/** More can hardly be chosen from. */
const MOST_OPTIONS = 100

function segmentsField(initial: readonly string[], known: readonly string[]): ChoicesField | TextField {
  const options = [...new Set([...known, ...initial])]
  const label = 'Only these segments'
  if (options.length === 0 || options.length > MOST_OPTIONS || options.some(name => name.length > 75)) {
    const hint = 'Separated by commas; leave it empty for all accounts'
    return { kind: 'text', id: 'segments', label, hint, initial: initial.join(', '), optional: true }
  }
  return {
    kind: 'choices',
    id: 'segments',
    label,
    hint: 'Choose none for all accounts',
    optional: true,
    options: options.map(value => ({ value, label: value })),
    ...(initial.length > 0 && { initial }),
  }
}
