import * as z from 'zod'
import { briefDocument } from '../../documents/brief.ts'
import { BRIEF_KINDS } from '../../domain/briefs/brief-kind.ts'
import { namingPeople } from '../../store/people/leavers.ts'
import { briefCard } from '../../views/briefs/brief-card.ts'
import { prepareBrief } from '../../work/briefs/prepare-brief.ts'
import { findOneAccount } from '../accounts/find/find-account.ts'
import { readerZone } from '../people/reader-zone.ts'
import { pastInstant } from '../words/account-words.ts'
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
    as_of: z.string().trim().min(1).max(40).optional().describe('A day or a time that has passed, such as 2026-11-01.'),
  },
  async run(context, { use, input, caller, now }) {
    const { connection, settings } = context
    const { model } = settings
    const timeZone = await readerZone(context, use)
    const at = input.as_of === undefined ? now : pastInstant(input.as_of, now, timeZone)
    const account = await findOneAccount(connection, input.account, now)
    const made = await prepareBrief(connection, model, account, { kind: input.kind, at, now, reader: caller })
    const nameOf = await namingPeople(connection.db)
    const card = briefCard(model, made, { timeZone, nameOf })
    return { card, data: briefDocument(model, made) }
  },
})
