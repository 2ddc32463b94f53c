import { z } from 'zod'
import type { Context } from '../../context.ts'
import { taskDue } from '../../domain/playbooks/task-due.ts'
import { parseDay } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import { accountByIdOrNone } from '../../store/accounts/accounts.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { dueText } from '../../views/playbooks/task-card.ts'
import { addTaskForm } from '../../views/playbooks/task-forms.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import { addTaskByHand } from '../../work/playbooks/add-task.ts'
import { calendarOf } from '../../work/schedule/business-calendar.ts'
import { assignablePeople, chooseAssignee } from '../alerts/assignee.ts'
import type { FormHandler } from '../form-handler.ts'
import type { Actor, Reply } from '../port.ts'
import { sentencesOf } from './open-task-form.ts'

/** Travels with the form: the task has its id before it is sent, so that sending it twice makes one. */
const stateSchema = z.object({ account: z.string(), task: z.string() })

const DUE = /^[1-9]\d{0,2}(bd|[hdw])$/
const HOW_TO_WRITE = 'Write a day such as 2026-12-01, or 1bd (business days), 4h, 3d, 2w.'

const schema = z.object({
  title: z.string('Say what needs to be done.').trim().min(3, 'Say what needs to be done.').max(300, 'Keep it short.'),
  to: z.string('Choose who should do it.').trim().min(1, 'Choose who should do it.'),
  due: z
    .string('Say by when.')
    .trim()
    .refine(text => DUE.test(text) || parseDay(text) !== undefined, HOW_TO_WRITE),
})

export async function openAddTask(
  context: Context,
  { actor, canOpenForm }: { readonly actor: Actor; readonly canOpenForm: boolean },
  accountId: string,
): Promise<Reply> {
  await allow(context, await identify(context, actor), 'task.change', `account:${accountId}`)
  const account = await accountByIdOrNone(context.connection.db, accountId)
  if (account === undefined) throw new BotError('no_account', 'This account no longer exists.')
  if (!canOpenForm) throw new BotError('no_form_here', 'No form can be opened here.', 'Use /health tasks NAME.')
  const state = JSON.stringify({ account: account.id, task: context.newId() })
  return { kind: 'form', form: addTaskForm(account.name, await assignablePeople(context), state) }
}

const ANEW = 'This form was used already, and nothing was added now. Open it again for another task.'

export const taskAdd: FormHandler = {
  id: 'task-add',
  async submit(context, { actor, state, values }) {
    const caller = await identify(context, actor)
    const parsed = schema.safeParse(values)
    if (!parsed.success) return { kind: 'errors', errors: sentencesOf(parsed.error) }
    const { account: accountId, task: id } = stateSchema.parse(JSON.parse(state))
    await allow(context, caller, 'task.change', `account:${accountId}`)
    const { title, to, due } = parsed.data
    const chosen = await chooseAssignee(context, to)
    if ('refusal' in chosen) return { kind: 'errors', errors: { to: chosen.refusal } }
    const { person } = chosen
    const calendar = await calendarOf(context.connection.db, context.settings.routes, person.email)
    if (taskDue(context.clock(), due, calendar) <= context.clock())
      return { kind: 'errors', errors: { due: `${due} is in the past: choose a later day.` } }
    const { task, isNew } = await addTaskByHand(
      context,
      { id, account: accountId, title, to: person.email, due },
      caller,
    )
    const sentence = `${task.assignee?.name ?? person.email}: "${task.title}" for ${task.account.name}, ${dueText(task)}.`
    return { kind: 'card', card: isNew ? noticeCard('Added', sentence) : noticeCard('Added before', sentence, ANEW) }
  },
}
