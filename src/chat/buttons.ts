import { audit, compare, explain, pulse, share, show, tasks, timeline, whatIf } from './accounts/account-buttons.ts'
import { claim } from './alerts/claim.ts'
import { verdictButtons } from './alerts/feedback.ts'
import { assignButton, resolveButton, snoozeButton } from './alerts/open-alert-forms.ts'
import { sendStormButton } from './alerts/send-storm.ts'
import type { ButtonHandler } from './button-handler.ts'
import {
  taskAcknowledge,
  taskAddButton,
  taskDoneButton,
  taskReassignButton,
  taskSkipButton,
} from './playbooks/task-buttons.ts'
import { pulseWalk } from './pulses/pulse-walk.ts'

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
