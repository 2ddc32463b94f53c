import { BotError } from '../errors.ts'
import { allow } from '../operations/allow.ts'
import { duePulses } from '../operations/due-pulses.ts'
import { identify } from '../operations/identify.ts'
import { timeZoneOf } from '../operations/office.ts'
import { pulsesCard } from '../views/pulses-card.ts'
import type { Command } from './command.ts'

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
