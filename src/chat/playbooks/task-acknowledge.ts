import { identify } from '../../work/people/identify.ts'
import { applyToTask } from '../../work/playbooks/change-task.ts'
import type { ButtonHandler } from '../button-handler.ts'

/** Says that a task is under way. */
export const taskAcknowledge: ButtonHandler = async (context, { actor, value: id }) => ({
  kind: 'card',
  card: await applyToTask(context, await identify(context, actor), id, { kind: 'acknowledge' }),
  audience: 'caller',
  isResult: true,
})
