import { audit, compare, explain, pulse, share, show, tasks, timeline, whatIf } from './account-buttons.ts'
import { assignButton, resolveButton, snoozeButton } from './alert-forms.ts'
import type { ButtonHandler } from './button-handler.ts'
import { claim } from './claim.ts'
import { pulseWalk } from './pulse-walk.ts'
import { sendStormButton } from './send-storm.ts'
import { taskAcknowledge, taskAddButton, taskDoneButton, taskReassignButton, taskSkipButton } from './task-buttons.ts'
import { verdictButtons } from './verdict.ts'

const ALERT_BUTTONS = [claim, assignButton, snoozeButton, resolveButton, ...verdictButtons, sendStormButton]
const TASK_BUTTONS = [taskAcknowledge, taskDoneButton, taskSkipButton, taskReassignButton, taskAddButton]

export const BUTTONS: readonly ButtonHandler[] = [
  ...ALERT_BUTTONS,
  show,
  explain,
  pulse,
  pulseWalk,
  share,
  whatIf,
  compare,
  timeline,
  audit,
  tasks,
  ...TASK_BUTTONS,
]
