import { withAccount } from '../commands/with-account.ts'
import { openPulse } from '../forms/pulse.ts'
import type { ButtonHandler } from './button-handler.ts'

/** The form for one account of several that wait: what it leads to offers the next. */
export const pulseWalk: ButtonHandler = {
  action: 'pulse-walk',
  press: (context, press) =>
    withAccount(context, { isPrivate: true }, press.value, 'pulse-walk', account =>
      openPulse(context, press, account, 'walk'),
    ),
}
