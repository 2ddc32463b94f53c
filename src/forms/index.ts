import { assign } from './assign.ts'
import { comment } from './comment.ts'
import { digest } from './digest.ts'
import type { FormHandler } from './form-handler.ts'
import { pulse } from './pulse.ts'
import { resolve } from './resolve.ts'
import { snooze } from './snooze.ts'
import { taskAdd } from './task-add.ts'
import { taskDone, taskSkip } from './task-end.ts'
import { taskReassign } from './task-reassign.ts'

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
