import type { Instant } from '../../domain/time/instant.ts'
import { countRejected } from '../../store/sources/source-counts.ts'
import { type BodyForm, readRows } from './http-body.ts'
import type { Intake, Received, Reception } from './intake.ts'

/** A body as it was sent. */
export type SentBody = {
  readonly chunks: AsyncIterable<Uint8Array>
  readonly form: BodyForm
  /** What rejects are counted under. */
  readonly source: string
  readonly now: Instant
}

/** Takes the rows of a body as they come; once it resolves, they are on the disk. */
export async function receiveBody(
  { connection }: Pick<Reception, 'connection'>,
  intake: Intake,
  { chunks, form, source, now }: SentBody,
): Promise<Received> {
  try {
    for await (const rows of readRows(chunks, form, intake.plain)) await intake.take(rows)
    const received = await intake.end()
    await countRejected(connection.db, source, received.rejected, now)
    return received
  } finally {
    await intake.close()
  }
}
