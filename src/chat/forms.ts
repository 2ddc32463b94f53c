import { assign } from './alerts/assign.ts'
import { resolve } from './alerts/resolve.ts'
import { snooze } from './alerts/snooze.ts'
import { digest } from './digests/digest-form.ts'
import type { FormHandler } from './form-handler.ts'
import { taskAdd } from './playbooks/task-add.ts'
import { taskDone, taskSkip } from './playbooks/task-end.ts'
import { taskReassign } from './playbooks/task-reassign.ts'
import { pulse } from './pulses/pulse-form.ts'
import { comment } from './sources/comment.ts'

export const FORMS: readonly FormHandler[] = [
  assign,
  snooze,
  resolve,
  comment,
  digest,
  pulse,
  taskDone,
  taskSkip,
  taskReassign,
  taskAdd,
]
