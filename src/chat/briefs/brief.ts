import type { Context } from '../../context.ts'
import { kindInWords } from '../../domain/briefs/brief-words.ts'
import { namingPeople } from '../../store/people/leavers.ts'
import { briefCard } from '../../views/briefs/brief-card.ts'
import { briefSentCard } from '../../views/briefs/brief-sent-card.ts'
import { prepareBrief } from '../../work/briefs/prepare-brief.ts'
import { identify } from '../../work/people/identify.ts'
import { isCalledSo } from '../accounts/find/find-account.ts'
import { withAccount } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'
import { readerZone } from '../people/reader-zone.ts'
import { parseAccountWords } from '../words/account-words.ts'
import { sendBrief } from './send-brief.ts'

/** A one-page brief about an account, only for the person who asks: as a file and a document where the platform has them, otherwise as a card. */
export const brief: Command = async (context, request, words) => {
  const { connection, settings, clock } = context
  const now = clock()
  const timeZone = await readerZone(context, request)
  const { name, kind, at } = await wantedIn(context, words, now, timeZone)
  return withAccount(context, request, name, 'brief', async account => {
    const reader = await identify(context, request.actor)
    const made = await prepareBrief(connection, settings.model, account, { kind, at, now, reader })
    const card = briefCard(settings.model, made, { timeZone, nameOf: await namingPeople(connection.db) })
    const sent = await sendBrief(context, request.actor, account, card, at)
    return {
      kind: 'card',
      card: sent === undefined ? card : briefSentCard(card, account, kind, sent),
      audience: 'caller',
    }
  })
}

async function wantedIn(context: Context, words: string, now: number, timeZone: string) {
  const { name, asOf = now, rest = '' } = parseAccountWords(words, now, timeZone)
  const text = `${name} ${rest}`.trim()
  const isName = text !== '' && !/\bkind\b/i.test(text) && (await isCalledSo(context.connection, text, now))
  return { ...(isName ? { name: text, kind: 'qbr' as const } : kindInWords(text)), at: asOf }
}
