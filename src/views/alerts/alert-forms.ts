import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Person } from '../../domain/people/person.ts'
import { worseThan } from '../../domain/scoring/settle.ts'
import { type Day, laterDay } from '../../domain/time/instant.ts'
import type { Field, FormView } from '../form.ts'
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
      { kind: 'date', id: 'day', label: 'Day', initial: laterDay(today, 7), optional: true },
      {
        kind: 'text',
        id: 'typed',
        label: 'Or in words',
        hint: 'Such as tomorrow, friday, 2bd (business days). The snooze ends when your workday starts on that day.',
        optional: true,
        maxLength: 40,
      },
    ],
  }
}

/** `together` counts the account's alerts that can end with it, itself included; `tasks` what is still to be done for them. */
export function resolveForm(alert: AlertDetails, together: number, tasks: number): FormView {
  return {
    title: 'Resolve an alert',
    intro: `${alert.account.name}: ${KIND_WORDS[alert.kind]}`,
    submit: 'Resolve',
    fields: [
      {
        kind: 'text',
        id: 'reason',
        label: 'What was the outcome?',
        hint: 'One sentence.',
        multiline: true,
        maxLength: 1_000,
      },
      ...(together > 1 ? [scopeField(alert, together)] : []),
      ...(tasks > 0 ? [tasksField(tasks)] : []),
    ],
  }
}

function scopeField({ kind }: AlertDetails, together: number): Field {
  return {
    kind: 'choice',
    id: 'scope',
    label: 'Resolve',
    initial: 'all',
    options: [
      { value: 'all', label: `all ${together} open alerts` },
      { value: 'one', label: `only: ${KIND_WORDS[kind]}` },
    ],
  }
}

function tasksField(tasks: number): Field {
  return {
    kind: 'choice',
    id: 'tasks',
    label: tasks === 1 ? 'What becomes of the open task?' : `What becomes of the ${tasks} open tasks?`,
    initial: 'keep',
    options: [
      { value: 'keep', label: tasks === 1 ? 'It stays open' : 'They stay open' },
      {
        value: 'skip',
        label: tasks === 1 ? 'It is skipped, with this outcome' : 'They are skipped, with this outcome',
      },
    ],
  }
}

function introOf({ account, kind, reason }: AlertDetails): string {
  return `${account.name}: ${KIND_WORDS[kind]}. ${reason}.`
}
