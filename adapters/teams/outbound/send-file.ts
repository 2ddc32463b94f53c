import * as z from 'zod'
import { BotError } from '../../../src/errors.ts'
import type { TeamsConfig } from '../config.ts'
import { isOnThisMachine } from '../connector/trusted.ts'
import type { Desk } from '../inbound/desk.ts'
import { chatWith, sendTo } from './messages.ts'
import type { OfferedFile } from './offered-files.ts'

const CONSENT = 'application/vnd.microsoft.teams.card.file.consent'
const INFO = 'application/vnd.microsoft.teams.card.file.info'
const TIMEOUT = 30_000

/** Asks somebody, in the chat with them alone, whether a file may go into their OneDrive. Throws `DeliveryError`. */
export async function offerFile(desk: Desk, file: OfferedFile): Promise<void> {
  const { user, name, bytes } = file
  const place = await chatWith(desk, user)
  const context = { file: desk.files.keep(file) }
  const content = {
    description: 'From Rounds',
    sizeInBytes: bytes.length,
    acceptContext: context,
    declineContext: context,
  }
  await sendTo(desk, place, { type: 'message', attachments: [{ contentType: CONSENT, name, content }] })
}

/** Where Teams says that an accepted file goes. */
export const uploadInfo = z.object({
  name: z.string(),
  uploadUrl: z.string(),
  contentUrl: z.string(),
  uniqueId: z.string(),
  fileType: z.string(),
})

export type UploadInfo = z.infer<typeof uploadInfo>

/** Throws `BotError`. */
export async function upload(config: TeamsConfig, { uploadUrl }: UploadInfo, { bytes }: OfferedFile): Promise<void> {
  if (!isOneDrive(uploadUrl, config)) throw notTaken()
  const range = { 'Content-Range': `bytes 0-${bytes.length - 1}/${bytes.length}` }
  const headers = { 'Content-Type': 'application/octet-stream', ...range }
  try {
    const how = { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT) } as const
    const { ok } = await fetch(uploadUrl, { method: 'PUT', body: bytes, headers, ...how })
    if (!ok) throw notTaken()
  } catch (error) {
    throw error instanceof BotError ? error : notTaken()
  }
}

/** The file as it stands in OneDrive, to be opened in the chat. */
export function fileMessage({ name, contentUrl, uniqueId, fileType }: UploadInfo) {
  return { type: 'message', attachments: [{ contentType: INFO, name, contentUrl, content: { uniqueId, fileType } }] }
}

/** The address has a key in it: it is Microsoft's, or of this machine under the development flag. */
function isOneDrive(url: string, { isDevelopment }: TeamsConfig): boolean {
  if (!URL.canParse(url)) return false
  if (isDevelopment && isOnThisMachine(url)) return true
  const { protocol, port, hostname } = new URL(url)
  return protocol === 'https:' && port === '' && /\.sharepoint(-mil)?\.(com|us)$/.test(hostname)
}

function notTaken(): BotError {
  return new BotError('no_file', 'Teams did not take the file.', 'Ask for it again.')
}
