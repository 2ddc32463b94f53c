import type { WebClient } from '@slack/web-api'
import { BotError } from '../../../src/errors.ts'
import type { SlackConfig } from '../config.ts'
import { isOfSlack } from '../inbound/read-file.ts'

const TIMEOUT = 30_000

/** Puts a file into somebody's direct messages. */
export async function sendFile(
  client: WebClient,
  { apiUrl }: Pick<SlackConfig, 'apiUrl'>,
  userId: string,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> },
): Promise<void> {
  try {
    const { channel } = await client.conversations.open({ users: userId })
    const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
      filename: name,
      length: bytes.length,
    })
    if (url === undefined || id === undefined || channel?.id === undefined || !isOfSlack(url, apiUrl)) throw notTaken()
    const { ok } = await fetch(url, {
      method: 'POST',
      body: bytes,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    })
    if (!ok) throw notTaken()
    await client.files.completeUploadExternal({ files: [{ id, title: name }], channel_id: channel.id })
  } catch (error) {
    if (!/missing_scope/.test(String(error))) throw error instanceof BotError ? error : notTaken()
    throw new BotError(
      'no_scope',
      'Slack does not let me send files.',
      'Give the app the scopes files:write and im:write, and install it again.',
    )
  }
}

function notTaken(): BotError {
  return new BotError('no_file', 'Slack did not take the file.', 'Try again in a minute.')
}
