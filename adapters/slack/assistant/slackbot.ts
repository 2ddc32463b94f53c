import * as z from 'zod'
import type { Actor, OwnAssistant } from '../../../src/chat/port.ts'
import type { Clock } from '../../../src/clock.ts'
import { isSigned } from '../bolt/signature.ts'
import { drawAnswer } from './draw-answer.ts'

const caller = z.object({
  slack: z.object({ user_id: z.string().min(1), team_id: z.string().min(1), enterprise_id: z.string().nullish() }),
})

const drawing = z.object({ extensions: z.object({ 'io.slack/block-kit': z.looseObject({}) }) })

/** Slackbot: Slack signs each request as it signs the others, and names the person beside the arguments. */
export function slackAssistant(
  signingSecret: string,
  clock: Clock,
  actor: (userId: string, ...teams: readonly unknown[]) => Promise<Actor>,
): OwnAssistant {
  return {
    name: 'Slackbot',
    isFrom: headers => 'x-slack-signature' in headers || 'x-slack-request-timestamp' in headers,
    isSigned: signed => isSigned(signed, signingSecret, clock()),
    async callerOf(signed, meta) {
      const named = caller.safeParse(meta)
      if (!named.success || !isSigned(signed, signingSecret, clock())) return undefined
      const { user_id: user, team_id: team, enterprise_id: enterprise } = named.data.slack
      return {
        actor: await actor(user, team, enterprise ?? ''),
        deliveryId: `slackbot:${String(signed.headers['x-slack-signature'])}`,
      }
    },
    draws: capabilities => drawing.safeParse(capabilities).success,
    draw: (card, toolOf) => ({ slack: { blocks: drawAnswer(card, toolOf) } }),
  }
}
