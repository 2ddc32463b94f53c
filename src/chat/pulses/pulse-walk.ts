import { withAccount } from '../accounts/with-account.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { openPulse } from './pulse-form.ts'

/** The form for one account of several that wait: what it leads to offers the next. */
export const pulseWalk: ButtonHandler = {
  action: 'pulse-walk',
  press: (context, press) =>
    withAccount(context, { isPrivate: true }, press.value, 'pulse-walk', account =>
      openPulse(context, press, account, 'walk'),
    ),
}
