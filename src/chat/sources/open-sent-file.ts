import type { Context } from '../../context.ts'
import { BotError } from '../../errors.ts'
import { openStream } from '../../ingest/files/source.ts'
import { fileDay } from '../../ingest/mapping/file-day.ts'
import { type Looked, lookAtFile } from '../../ingest/proposal/look-at-file.ts'
import { namedFacts } from '../../model/named-facts.ts'
import type { Actor, SentFile } from '../port.ts'

/** Bytes of a file at most, since somebody is waiting. */
const MOST = 5 * 1024 * 1024

/** Fetches a file that somebody sent, examines it, and passes on the findings; the file is deleted afterwards. */
export async function withSentFile<T>(
  { chats, connection, settings, clock }: Context,
  { platform }: Actor,
  { id }: SentFile,
  work: (looked: Looked, name: string) => Promise<T>,
): Promise<T> {
  const chat = chats.get(platform)
  if (chat?.readFile === undefined) {
    throw new BotError('no_files', 'I cannot read files here.', 'Load it with `rounds import` on the machine.')
  }
  const { name, sentAt, chunks } = await chat.readFile(id, MOST)
  const file = await openStream(name, chunks)
  try {
    const day = fileDay(name, sentAt, clock())
    const looked = await lookAtFile(connection.db, file, { fileDay: day, ofModel: namedFacts(settings).metrics })
    return await work(looked, name)
  } finally {
    await file.close()
  }
}
