import { audit, explain, pulse, share, show, tasks, timeline } from './account-buttons.ts'
import type { ButtonHandler } from './button-handler.ts'
import { claim } from './claim.ts'
import { taskAcknowledge, taskAddButton, taskDoneButton, taskReassignButton, taskSkipButton } from './task-buttons.ts'

const TASK_BUTTONS = [taskAcknowledge, taskDoneButton, taskSkipButton, taskReassignButton, taskAddButton]

export const BUTTONS: readonly ButtonHandler[] = [
  claim,
  show,
  explain,
  pulse,
  share,
  timeline,
  audit,
  tasks,
  ...TASK_BUTTONS,
]
