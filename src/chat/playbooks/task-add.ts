import * as z from 'zod'
import { taskDue } from '../../domain/playbooks/task-due.ts'
import type { Calendar } from '../../domain/time/business-time.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { typedDay } from '../../domain/time/typed-day.ts'
import { BotError } from '../../errors.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { dueText } from '../../views/playbooks/task-card.ts'
import { addTaskForm } from '../../views/playbooks/task-forms.ts'
import { identify } from '../../work/people/identify.ts'
import { addTaskByHand } from '../../work/playbooks/add-task.ts'
import { calendarOf } from '../../work/schedule/business-calendar.ts'
import { assignablePeople, chooseAssignee } from '../alerts/assignee.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { form, wrong } from '../form.ts'

const DUE = /^[1-9]\d{0,2}(bd|[hdw])$/
const ANEW = 'This form was used already, and nothing was added now. Open it again for another task.'

const { open, submit } = form({
  id: 'task-add',
  act: 'task.change',
  /** The task has its id before it is sent, so that sending it twice makes one. */
  state: z.object({ account: z.string(), task: z.string() }),
  subject: (_context, { state: { account } }) => subjectOf(account),
  values: z.object({
    title: z
      .string('Say what needs to be done.')
      .trim()
      .min(3, 'Say what needs to be done.')
      .max(300, 'Keep it short.'),
    to: z.string('Choose who should do it.').trim().min(1, 'Choose who should do it.'),
    day: z.string('Choose a day.').trim().default(''),
    due: z.string('Say by when.').trim().default(''),
  }),
  fields: async (context, account: { readonly name: string }) =>
    addTaskForm(account.name, await assignablePeople(context)),
  closed: 'Use /health tasks NAME.',
  async submit(context, { caller, state, values: { title, to, day, due: typed }, now }) {
    const chosen = await chooseAssignee(context, to)
    if ('refusal' in chosen) return wrong('to', chosen.refusal)
    const { person } = chosen
    const calendar = await calendarOf(context.connection.db, context.settings.routes, person.email)
    const meant = dueOf(typed === '' ? day : typed, now, calendar)
    const field = typed === '' ? 'day' : 'due'
    if ('problem' in meant) return wrong(field, meant.problem)
    const { due } = meant
    if (taskDue(now, due, calendar) <= now) return wrong(field, `${due} is in the past: choose a later day.`)
    const wanted = { id: state.task, account: state.account, title, to: person.email, due }
    const { task, isNew } = await addTaskByHand(context, wanted, caller)
    const sentence = `${task.assignee?.name ?? person.email}: "${task.title}" for ${task.account.name}, ${dueText(task)}.`
    const card = isNew ? noticeCard('Added', sentence) : noticeCard('Added before', sentence, ANEW)
    return { kind: 'card', card, isResult: true }
  },
})

/** As in a model file, `1bd` or `4h`; else a day. */
function dueOf(written: string, now: Instant, calendar: Calendar): { due: string } | { problem: string } {
  if (written === '' || DUE.test(written)) return { due: written || '2bd' }
  const meant = typedDay(written, now, calendar)
  return 'problem' in meant ? meant : { due: meant.day }
}

/** The button's value is the account's id. */
const press: ButtonHandler = async (context, { actor, value, canOpenForm }) => {
  const caller = await identify(context, actor)
  const account = await accountByIdOrNone(context.connection.db, value)
  if (account === undefined) throw new BotError('no_account', 'This account no longer exists.')
  const state = { account: account.id, task: context.newId() }
  return open(context, canOpenForm, { caller, subject: subjectOf(account.id), about: account, state })
}

export const taskAdd = { press, submit }

function subjectOf(account: string) {
  return { subject: `account:${account}` }
}
