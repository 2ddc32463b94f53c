import type { Person } from '../../domain/people/person.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import type { Field, FormView, Option } from '../form.ts'
import { personField } from '../parts/person-field.ts'

export function doneForm(tasks: readonly Task[]): FormView {
  const note = { hint: 'One sentence about the outcome.', multiline: true, maxLength: 2_000, optional: true }
  return viewOf('Done', 'Done', tasks, [{ kind: 'text', id: 'note', label: 'What was the outcome?', ...note }])
}

export function skipForm(tasks: readonly Task[]): FormView {
  const note = { hint: 'People who look at the account later will read it.', multiline: true, maxLength: 2_000 }
  return viewOf('Skip a task', 'Skip', tasks, [{ kind: 'text', id: 'note', label: 'Why?', ...note }])
}

export function reassignForm(tasks: readonly Task[], people: readonly Person[]): FormView {
  return viewOf('Reassign a task', 'Reassign', tasks, [assigneeField(people)])
}

export function addTaskForm(accountName: string, people: readonly Person[]): FormView {
  return {
    title: 'Add a task',
    intro: `For ${accountName}`,
    submit: 'Add',
    fields: [
      { kind: 'text', id: 'title', label: 'What needs to be done?', maxLength: 300 },
      assigneeField(people),
      { kind: 'date', id: 'day', label: 'Due', hint: 'In two business days, if you say nothing.', optional: true },
      {
        kind: 'text',
        id: 'due',
        label: 'Or in words',
        hint: 'Such as tomorrow, friday, 2bd (business days), 4h',
        optional: true,
        maxLength: 40,
      },
    ],
  }
}

/** Where a press may have meant several tasks, the form asks which. */
function viewOf(title: string, submit: string, tasks: readonly Task[], fields: Field[]): FormView {
  const [only] = tasks
  const which: Field[] = [{ kind: 'choice', id: 'task', label: 'Which task?', options: tasks.map(optionOf) }]
  return {
    title,
    submit,
    ...(tasks.length === 1 && only !== undefined && { intro: `${only.title} · ${only.account.name}` }),
    fields: tasks.length === 1 ? fields : [...which, ...fields],
  }
}

function optionOf({ id, title, account }: Task): Option {
  return { value: id, label: `${title} · ${account.name}` }
}

function assigneeField(people: readonly Person[]): Field {
  return personField('to', 'Who will do it?', people)
}
