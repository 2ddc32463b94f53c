import { type Choices, DEFAULTS, MESSAGE_KINDS, type MessageKind, type When } from '../../domain/delivery/choices.ts'
import { SCORE_FORMATS, type ScoreFormat } from '../../domain/scoring/score-format.ts'
import type { ChoiceField, FormView } from '../form.ts'
import { ALWAYS, KIND_NAMES, WHEN_WORDS, whensOf } from './choice-words.ts'
import { FORMAT_WORDS } from './preferences-card.ts'

export type ShownChoices = {
  readonly choices: Choices
  readonly timeZone: string
  readonly format: ScoreFormat
  /** As much of its address as may be shown. */
  readonly calendar?: string
  readonly messages?: { readonly chosen: string; readonly places: readonly string[] }
}

/** Everything that a person can choose, with what they have now. */
export function choicesForm({ choices, timeZone, format, calendar, messages }: ShownChoices): FormView {
  return {
    title: 'My choices',
    intro: ALWAYS,
    submit: 'Save',
    fields: [
      ...MESSAGE_KINDS.map(kind => whenField(kind, choices.when[kind] ?? DEFAULTS[kind])),
      {
        kind: 'time',
        id: 'quiet_from',
        label: 'Quiet from',
        hint: `Nothing comes between these times, in ${choices.quiet?.timeZone ?? timeZone}. Leave both empty for none.`,
        optional: true,
        ...(choices.quiet && { initial: choices.quiet.from }),
      },
      {
        kind: 'time',
        id: 'quiet_to',
        label: 'Quiet until',
        optional: true,
        ...(choices.quiet && { initial: choices.quiet.to }),
      },
      {
        kind: 'choice',
        id: 'score',
        label: 'Scores',
        options: SCORE_FORMATS.map(value => ({ value, label: FORMAT_WORDS[value] })),
        initial: format,
      },
      ...(messages === undefined ? [] : [placeField(messages)]),
      {
        kind: 'text',
        id: 'calendar',
        label: 'Calendar',
        hint: calendar === undefined ? NO_CALENDAR : `Now ${calendar}. ${KEPT_CALENDAR}`,
        maxLength: 2_000,
        optional: true,
      },
    ],
  }
}

const NO_CALENDAR = 'Its secret address, ending in .ics. Each morning I tell you about the customers that you meet.'
const KEPT_CALENDAR = 'Leave this empty to keep it, or write another address, or off.'

function whenField(kind: MessageKind, initial: When): ChoiceField {
  const options = whensOf(kind).map(value => ({ value, label: WHEN_WORDS[value] }))
  return { kind: 'choice', id: kind, label: KIND_NAMES[kind], options, initial }
}

function placeField({ chosen, places }: NonNullable<ShownChoices['messages']>): ChoiceField {
  const label = (place: string) => (place === 'last' ? 'Where you last wrote to me' : `Always in ${place}`)
  const options = places.map(value => ({ value, label: label(value) }))
  return { kind: 'choice', id: 'platform', label: 'Direct messages', options, initial: chosen }
}
