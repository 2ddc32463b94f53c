import type { FormView, TextField } from '../form.ts'

export type ShownDigest = {
  readonly name: string
  readonly schedule: string
  readonly time_zone: string
  readonly to: string
  /** With commas between; absent where the filter says more than segments. */
  readonly segments?: string
  /** Such a filter, as digests.yaml writes it. */
  readonly filter?: string
  readonly say_nothing: 'line' | 'silence'
  readonly kind: 'changes' | 'portfolio'
  readonly show: { readonly arr: boolean }
}

/** Everything about a digest. A filter that the form cannot write is shown, and stays. */
export function digestForm({
  name,
  schedule,
  time_zone,
  to,
  segments,
  filter,
  say_nothing,
  kind,
  show,
}: ShownDigest): FormView {
  return {
    title: 'A digest',
    ...(segments === undefined && { intro: `Its filter stays as it is: ${filter}` }),
    submit: 'Save',
    fields: [
      { kind: 'text', id: 'name', label: 'Name', initial: name, maxLength: 60 },
      {
        kind: 'text',
        id: 'schedule',
        label: 'When',
        hint: 'Minute, hour, day, month, weekday: 0 9 * * 1-5',
        initial: schedule,
        maxLength: 60,
      },
      { kind: 'text', id: 'time_zone', label: 'Time zone', hint: 'Such as Europe/Berlin', initial: time_zone },
      { kind: 'text', id: 'to', label: 'Channel', hint: 'platform:channel, with its ID there', initial: to },
      ...(segments === undefined ? [] : [segmentsField(segments)]),
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
          { value: 'yes', label: 'Yes, everyone in this channel may see it' },
        ],
        initial: show.arr ? 'yes' : 'no',
      },
    ],
  }
}

function segmentsField(initial: string): TextField {
  const hint = 'Separated by commas; leave it empty for all accounts'
  return { kind: 'text', id: 'segments', label: 'Only these segments', hint, initial, optional: true }
}
