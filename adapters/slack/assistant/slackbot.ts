import { createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import type { Actor, OwnAssistant, Signed } from '../../../src/chat/port.ts'
import type { Clock } from '../../../src/clock.ts'
import { drawAnswer } from './draw-answer.ts'

const caller = z.object({
  slack: z.object({ user_id: z.string().min(1), team_id: z.string().min(1), enterprise_id: z.string().nullish() }),
})

const drawing = z.object({ extensions: z.object({ 'io.slack/block-kit': z.looseObject({}) }) })

const FIVE_MINUTES = 300_000

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

function isSigned({ headers, body }: Signed, secret: string, now: number): boolean {
  const [stamp, signature] = [headers['x-slack-request-timestamp'], headers['x-slack-signature']]
  if (typeof stamp !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(stamp)) return false
  if (Math.abs(now - Number(stamp) * 1_000) > FIVE_MINUTES) return false
  const right = `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`
  const [given, wanted] = [Buffer.from(signature), Buffer.from(right)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
