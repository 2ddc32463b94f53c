import { BotError } from '../../errors.ts'
import { allow } from '../../work/people/allow.ts'
import { identify } from '../../work/people/identify.ts'
import { pulsesCardFor } from '../../work/pulses/pulses-card-for.ts'
import type { Command } from '../command.ts'
import { namingRest } from '../words/naming-rest.ts'

/** The caller's accounts that need a pulse, each rated with one press; a number asks for a page of them. */
export const pulses: Command = async (context, request, rest) => {
  const caller = await identify(context, request.actor)
  await allow(context, caller, 'pulse.submit', 'pulses')
  if (caller.email === undefined) {
    throw new BotError(
      'no_email',
      'I cannot see your e-mail address, so I do not know your accounts.',
      'Write /health pulse NAME.',
    )
  }
  const isPage = /^[1-9]\d{0,3}$/.test(rest)
  const page = isPage ? Number(rest) - 1 : 0
  const card = await pulsesCardFor(context, caller.email, { platform: request.actor.platform, page })
  return namingRest({ kind: 'card', card, audience: 'caller' }, isPage ? '' : rest)
}
