import type { Action } from '../views/card.ts'
import { account } from './accounts/account.ts'
import { compare } from './accounts/compare.ts'
import { explain } from './accounts/explain.ts'
import { accountPick } from './accounts/find/account-pick.ts'
import { retire } from './accounts/retire.ts'
import { share } from './accounts/share.ts'
import { whatIf } from './accounts/what-if.ts'
import { why } from './accounts/why.ts'
import { assign } from './alerts/assign.ts'
import { claim } from './alerts/claim.ts'
import { feedback } from './alerts/feedback.ts'
import { resolve } from './alerts/resolve.ts'
import { sendStorm } from './alerts/send-storm.ts'
import { snooze } from './alerts/snooze.ts'
import { undo } from './alerts/undo.ts'
import { wake } from './alerts/wake.ts'
import { brief } from './briefs/brief.ts'
import type { ButtonHandler } from './button-handler.ts'
import { commandButton } from './command-button.ts'
import { turn } from './door/turn.ts'
import { cancelStudy } from './outcomes/cancel-study.ts'
import { openOutcome } from './outcomes/outcome-form.ts'
import { postmortem } from './outcomes/postmortem.ts'
import { reviewDone } from './outcomes/review-done.ts'
import { choose } from './people/choices.ts'
import { disconnect } from './people/connect.ts'
import { taskAcknowledge } from './playbooks/task-acknowledge.ts'
import { taskAdd } from './playbooks/task-add.ts'
import { taskDone, taskSkip } from './playbooks/task-end.ts'
import { taskReassign } from './playbooks/task-reassign.ts'
import { tasks } from './playbooks/tasks.ts'
import { listExport } from './portfolio/list-export.ts'
import { listFilter } from './portfolio/list-filter.ts'
import { pulse } from './pulses/pulse.ts'
import { pulseNote } from './pulses/pulse-note.ts'
import { pulseLater, pulseSkip } from './pulses/put-off.ts'
import { pulseRate } from './pulses/rate.ts'
import { importFile } from './sources/import-file.ts'
import { audit } from './timeline/audit.ts'
import { timeline } from './timeline/timeline.ts'

/** Every button. A button without a handler does not compile. */
export const BUTTONS = {
  show: commandButton(account),
  why: commandButton(why),
  explain: commandButton(explain),
  'what-if': commandButton(whatIf),
  compare: commandButton(compare),
  timeline: commandButton(timeline),
  brief: commandButton(brief),
  postmortem: commandButton(postmortem),
  audit: commandButton(audit),
  tasks: commandButton(tasks),
  pulse: commandButton(pulse),
  outcome: openOutcome,
  /** On messages of earlier versions. */
  'pulse-walk': commandButton(pulse),
  'pulse-rate': pulseRate,
  'pulse-note': pulseNote,
  'pulse-skip': pulseSkip,
  'pulse-later': pulseLater,
  turn,
  choose,
  'list-filter': listFilter,
  'account-pick': accountPick,
  'list-export': listExport,
  share,
  retire,
  'review-done': reviewDone,
  disconnect,
  'cancel-study': cancelStudy,
  claim,
  assign: assign.press,
  snooze: snooze.press,
  resolve: resolve.press,
  undo,
  wake,
  'verdict-useful': feedback('useful'),
  'verdict-known': feedback('known'),
  'verdict-wrong': feedback('wrong'),
  'send-storm': sendStorm,
  'task-acknowledge': taskAcknowledge,
  'task-done': taskDone.press,
  'task-note': taskDone.pressForNote,
  'task-skip': taskSkip.press,
  'task-reassign': taskReassign.press,
  'task-add': taskAdd.press,
  'import-file': importFile,
} satisfies Readonly<Record<Action, ButtonHandler>>
