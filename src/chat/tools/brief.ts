import * as z from 'zod'
import { briefDocument } from '../../documents/brief.ts'
import { BRIEF_KINDS } from '../../domain/briefs/brief-kind.ts'
import { parseInstant } from '../../domain/time/time-text.ts'
import { BotError } from '../../errors.ts'
import { namingPeople } from '../../store/people/leavers.ts'
import { briefCard } from '../../views/briefs/brief-card.ts'
import { prepareBrief } from '../../work/briefs/prepare-brief.ts'
import { findOneAccount } from '../accounts/find-account.ts'
import { ACCOUNT } from './arguments/account.ts'
import { reading } from './tool.ts'

export const brief = reading({
  name: 'brief',
  title: 'Brief',
  description:
    'One page about an account to prepare a meeting with: what the score did and why, what was promised and done, people, money, renewal, open questions. Use it for a business review (qbr), a handover or an escalation. Quoted fields hold words of customers and colleagues.',
  input: {
    account: ACCOUNT,
    kind: z.enum(BRIEF_KINDS).default('qbr'),
    as_of: z.string().trim().max(40).optional().describe('A day or a time that has passed, such as 2026-11-01.'),
  },
  async run({ connection, settings }, { input, caller, now }) {
    const { model, routes } = settings
    const at = input.as_of === undefined ? now : pastInstant(input.as_of, now)
    const account = await findOneAccount(connection, input.account, now)
    const made = await prepareBrief(connection, model, account, { kind: input.kind, at, now, reader: caller })
    const nameOf = await namingPeople(connection.db)
    const card = briefCard(model, made, { timeZone: routes.scoring.time_zone, nameOf })
    return { card, data: briefDocument(model, made) }
  },
})

function pastInstant(text: string, now: number): number {
  const at = parseInstant(text)
  if (at !== undefined && at <= now) return at
  throw new BotError('wrong_arguments', 'as_of is not a time that has passed.', 'Write it as 2026-11-01.')
}
