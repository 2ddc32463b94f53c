import type { ButtonHandler } from '../button-handler.ts'
import { tasks as tasksCommand } from '../playbooks/tasks.ts'
import type { Press, Request } from '../port.ts'
import { pulse as pulseCommand } from '../pulses/pulse.ts'
import { audit as auditCommand } from '../timeline/audit.ts'
import { timeline as timelineCommand } from '../timeline/timeline.ts'
import { account } from './account.ts'
import { compare as compareCommand } from './compare.ts'
import { explain as explainCommand } from './explain.ts'
import { whatIf as whatIfCommand } from './what-if.ts'

/** Buttons whose value is an account's id: they ask what could be asked in words. */

export const show: ButtonHandler = {
  action: 'show',
  press: (context, press) => account(context, privately(press), press.value),
}

export const explain: ButtonHandler = {
  action: 'explain',
  press: (context, press) => explainCommand(context, privately(press), press.value),
}

export const pulse: ButtonHandler = {
  action: 'pulse',
  press: (context, press) => pulseCommand(context, privately(press), press.value),
}

/** Pressed where several accounts answered to a name. */
export const whatIf: ButtonHandler = {
  action: 'what-if',
  press: (context, press) => whatIfCommand(context, privately(press), press.value),
}

export const compare: ButtonHandler = {
  action: 'compare',
  press: (context, press) => compareCommand(context, privately(press), press.value),
}

export const timeline: ButtonHandler = {
  action: 'timeline',
  press: (context, press) => timelineCommand(context, privately(press), press.value),
}

export const audit: ButtonHandler = {
  action: 'audit',
  press: (context, press) => auditCommand(context, privately(press), press.value),
}

export const tasks: ButtonHandler = {
  action: 'tasks',
  press: (context, press) => tasksCommand(context, privately(press), press.value),
}

/** The card as the channel may see it, for everybody in it. */
export const share: ButtonHandler = {
  action: 'share',
  press: (context, press) => account(context, { ...privately(press), isPrivate: false }, press.value),
}

function privately({ actor, value, channel, canOpenForm, deliveryId }: Press): Request {
  return { actor, text: value, channel, canOpenForm, deliveryId, isPrivate: true }
}
