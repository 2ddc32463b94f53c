import { z } from 'zod'
import type { Context } from '../../context.ts'
import { hasEnded, type Task } from '../../domain/playbooks/task.ts'
import { BotError } from '../../errors.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import type { Form } from '../../views/form.ts'
import { unchangedTaskCard } from '../../views/playbooks/task-answers.ts'
import { tasksFor } from '../../work/alerts/confidences.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import { noTask } from '../../work/playbooks/change-task.ts'
import type { Press, Reply } from '../port.ts'

/** Opens a form about the tasks that a press may mean; none when nothing of them is left to do. */
export async function openTaskForm(
  context: Context,
  { actor, value, canOpenForm }: Press,
  formOf: (tasks: readonly Task[], state: string) => Form | Promise<Form>,
): Promise<Reply> {
  const caller = await identify(context, actor)
  await allow(context, caller, 'task.change', `task:${value.split(',')[0] ?? ''}`)
  const { db } = context.connection
  const now = context.clock()
  const tasks = await tasksFor(db, caller, await readTasks(db, { ids: value.split(',') }), now)
  const left = tasks.filter(task => !hasEnded(task))
  const [ended] = tasks
  if (ended === undefined) throw noTask()
  if (left.length === 0) {
    const card = unchangedTaskCard(ended, 'Somebody', ended.endedAt ?? now, now)
    return { kind: 'card', card, audience: 'caller' }
  }
  if (!canOpenForm) throw new BotError('no_form_here', 'No form can be opened here.', 'Use /health tasks.')
  const state = JSON.stringify({ task: left.length === 1 ? left[0]?.id : undefined })
  return { kind: 'form', form: await formOf(left, state) }
}

const stateSchema = z.object({ task: z.string().optional() })

/** The task that a form was about, or that was chosen in it. */
export function taskOfForm(state: string, chosen: unknown): string {
  const parsed = stateSchema.safeParse(JSON.parse(state))
  const task = parsed.data?.task ?? (typeof chosen === 'string' ? chosen : undefined)
  if (task === undefined) throw noTask()
  return task
}

/** For each wrong field its sentence. */
export function sentencesOf(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.map(({ path, message }) => [String(path[0]), message]))
}
