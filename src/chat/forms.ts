import type { FormId } from '../views/form.ts'
import { submitAccountPick } from './accounts/find/account-pick.ts'
import { submitShare } from './accounts/share.ts'
import { assign } from './alerts/assign.ts'
import { resolve } from './alerts/resolve.ts'
import { snooze } from './alerts/snooze.ts'
import { digestForm } from './digests/digest-form.ts'
import type { FormHandler } from './form.ts'
import { outcomeForm } from './outcomes/outcome-form.ts'
import { choicesForm } from './people/choices.ts'
import { taskAdd } from './playbooks/task-add.ts'
import { taskDone, taskSkip } from './playbooks/task-end.ts'
import { taskReassign } from './playbooks/task-reassign.ts'
import { submitListFilter } from './portfolio/list-filter.ts'
import { pulseForm } from './pulses/pulse.ts'
import { pulseNoteForm } from './pulses/pulse-note.ts'
import { comment } from './sources/comment.ts'

/** Every form. A form without a handler does not compile. */
export const FORMS = {
  assign: assign.submit,
  snooze: snooze.submit,
  resolve: resolve.submit,
  comment: comment.submit,
  digest: digestForm.submit,
  pulse: pulseForm.submit,
  'pulse-note': pulseNoteForm.submit,
  choices: choicesForm.submit,
  outcome: outcomeForm.submit,
  'task-done': taskDone.submit,
  'task-skip': taskSkip.submit,
  'task-reassign': taskReassign.submit,
  'task-add': taskAdd.submit,
  'list-filter': submitListFilter,
  'account-pick': submitAccountPick,
  share: submitShare,
} satisfies Readonly<Record<FormId, FormHandler>>
