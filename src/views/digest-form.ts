import type { Form } from './form.ts'

type WrittenDigest = {
  readonly name: string
  readonly schedule: string
  readonly time_zone: string
  readonly to: string
  readonly kind: 'changes' | 'portfolio'
  readonly show: { readonly arr: boolean }
}

/** Everything about a digest; `segments` as they are written in the form. */
export function digestForm(
  { name, schedule, time_zone, to, kind, show }: WrittenDigest,
  segments: string,
  state: string,
): Form {
  return {
    id: 'digest',
    title: 'A digest',
    submit: 'Save',
    state,
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
      { kind: 'text', id: 'to', label: 'Channel', hint: 'platform:channel, such as slack:C01GEN', initial: to },
      {
        kind: 'text',
        id: 'segments',
        label: 'Only these segments',
        hint: 'With commas between; leave it empty for all accounts',
        initial: segments,
        optional: true,
      },
      {
        kind: 'choice',
        id: 'kind',
        label: 'What it tells',
        options: [
          { value: 'changes', label: 'What changed' },
          { value: 'portfolio', label: 'The portfolio as a whole' },
        ],
        initial: kind,
      },
      {
        kind: 'choice',
        id: 'arr',
        label: 'Show ARR',
        options: [
          { value: 'no', label: 'No' },
          { value: 'yes', label: 'Yes, all in this channel may see it' },
        ],
        initial: show.arr ? 'yes' : 'no',
      },
    ],
  }
}
