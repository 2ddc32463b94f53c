import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Person } from '../../domain/people/person.ts'
import { worseThan } from '../../domain/scoring/settle.ts'
import { type Day, laterDay } from '../../domain/time/instant.ts'
import type { FormView } from '../form.ts'
import { personField } from '../parts/person-field.ts'
import { KIND_WORDS } from './alert-words.ts'

export function assignForm(alert: AlertDetails, people: readonly Person[]): FormView {
  const fields = [personField('to', 'Assign to', people)]
  return { title: 'Assign an alert', intro: introOf(alert), submit: 'Assign', fields }
}

export function snoozeForm(alert: AlertDetails, model: Model, today: Day): FormView {
  const { shown } = alert
  const worse = shown === undefined ? 'its score falls' : `its score falls below ${worseThan(shown, model)}`
  return {
    title: 'Snooze an alert',
    intro: introOf(alert),
    submit: 'Snooze',
    fields: [
      {
        kind: 'choice',
        id: 'wakes',
        label: 'Until',
        initial: 'either',
        options: [
          { value: 'either', label: 'the day below, or until it gets worse' },
          { value: 'day', label: 'the day below' },
          { value: 'worse', label: 'it gets worse' },
        ],
        hint: `It gets worse when ${worse}.`,
      },
      {
        kind: 'text',
        id: 'day',
        label: 'Day',
        hint: 'Such as 2026-12-01. The snooze ends when your workday starts on that day.',
        initial: laterDay(today, 7),
        optional: true,
        maxLength: 10,
      },
    ],
  }
}

export function resolveForm(alert: AlertDetails): FormView {
  return {
    title: 'Resolve an alert',
    intro: introOf(alert),
    submit: 'Resolve',
    fields: [
      {
        kind: 'text',
        id: 'reason',
        label: 'What was the outcome?',
        hint: 'One sentence a colleague will understand in six months.',
        multiline: true,
        maxLength: 1_000,
      },
    ],
  }
}

function introOf({ account, kind, reason }: AlertDetails): string {
  return `${account.name}: ${KIND_WORDS[kind]}. ${reason}.`
}
