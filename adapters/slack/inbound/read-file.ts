import type { WebClient } from '@slack/web-api'
import type { ReceivedFile } from '../../../src/chat/port.ts'
import { BotError } from '../../../src/errors.ts'
import type { SlackConfig } from '../config.ts'

const TIMEOUT = 30_000

/** The content of a file. The token is sent only to Slack's own hosts, and never along a redirect. */
export async function readFile(
  client: WebClient,
  { botToken, apiUrl }: Pick<SlackConfig, 'botToken' | 'apiUrl'>,
  id: string,
  most: number,
): Promise<ReceivedFile> {
  const { file } = await client.files.info({ file: id }).catch(error => {
    if (/missing_scope/.test(String(error))) {
      throw new BotError(
        'no_scope',
        'Slack does not let me read files.',
        'Give the app the scope files:read, and install it again.',
      )
    }
    throw gone()
  })
  const url = file?.url_private_download ?? file?.url_private
  if (file === undefined || url === undefined) throw gone()
  if ((file.size ?? 0) > most) throw tooLarge(most)
  if (!isOfSlack(url, apiUrl)) throw new BotError('not_of_slack', 'That file is not on Slack.', 'Upload it here.')
  const response = await fetch(url, {
    headers: { Authorization: `Bearer ${botToken}` },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT),
  }).catch(() => undefined)
  if (response === undefined || response.status !== 200 || response.body === null) throw gone()
  return { name: file.name ?? 'file', sentAt: (file.created ?? 0) * 1_000, chunks: limited(response.body, most) }
}

/** `https://files.slack.com`, or where the API of the settings is. */
export function isOfSlack(url: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, origin } = new URL(url)
  if (protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com'))) return true
  return apiUrl !== undefined && origin === new URL(apiUrl).origin
}

async function* limited(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > most) throw tooLarge(most)
    yield chunk
  }
}

function gone(): BotError {
  return new BotError('file_gone', 'I cannot read that file.', 'Send it again.')
}

function tooLarge(most: number): BotError {
  const size = Math.round(most / 1024 / 1024)
  return new BotError(
    'too_large',
    `That file is larger than ${size} MB.`,
    'Load it with `rounds import` on the machine.',
  )
}
