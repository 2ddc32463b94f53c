import { BotError } from '../../errors.ts'
import { pulsesCard } from '../../views/pulses/pulses-card.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import { duePulses } from '../../work/pulses/due-pulses.ts'
import { timeZoneOf } from '../../work/schedule/business-calendar.ts'
import type { Command } from '../command.ts'

/** The caller's accounts that wait for a pulse, to be walked through one by one. */
export const pulses: Command = async (context, request) => {
  const caller = await identify(context, request.actor)
  await allow(context, caller, 'pulse.submit', 'pulses')
  if (caller.email === undefined) {
    throw new BotError(
      'no_email',
      'I cannot see your e-mail address, so I do not know your accounts.',
      'Write /health pulse NAME.',
    )
  }
  const card = pulsesCard(
    await duePulses(context, caller.email, context.clock()),
    await timeZoneOf(context, caller.email),
  )
  return { kind: 'card', card, audience: 'caller' }
}
