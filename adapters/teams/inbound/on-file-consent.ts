import * as z from 'zod'
import { BotError } from '../../../src/errors.ts'
import { type Activity, userOf } from '../connector/activity.ts'
import { withRetries } from '../connector/retries.ts'
import { faultOf } from '../outbound/errors.ts'
import { sendTo } from '../outbound/messages.ts'
import type { OfferedFile } from '../outbound/offered-files.ts'
import { fileMessage, upload, uploadInfo } from '../outbound/send-file.ts'
import { type Answer, placeOf } from './answer.ts'
import type { Desk } from './desk.ts'

const consent = z.object({
  action: z.string(),
  context: z.object({ file: z.string() }),
  uploadInfo: uploadInfo.optional().catch(undefined),
})

type Consent = z.infer<typeof consent>

/** Somebody accepted a file into their OneDrive, or declined it: the file replaces the question. */
export function onFileConsent(desk: Desk, activity: Activity): Answer {
  const { data } = consent.safeParse(activity.value)
  const file = data && desk.files.take(data.context.file, userOf(activity))
  return { status: 200, afterwards: () => settle(desk, activity, data, file) }
}

async function settle(desk: Desk, activity: Activity, given: Consent | undefined, file: OfferedFile | undefined) {
  const place = placeOf(activity)
  if (given?.action === 'accept') {
    const message = await sent(desk, given, file)
    await withRetries(() => sendTo(desk, place, message))
  }
  const question = activity.replyToId
  if (question) await desk.transport.remove(place, question).catch(error => desk.log.warn(faultOf(error), 'teams file'))
}

async function sent({ config }: Desk, { uploadInfo: where }: Consent, file: OfferedFile | undefined) {
  if (file === undefined || where === undefined) return sentence('This file is no longer here. Ask for it again.')
  try {
    await upload(config, where, file)
    return fileMessage(where)
  } catch (error) {
    if (!(error instanceof BotError)) throw error
    return sentence(`${error.message} ${error.hint ?? ''}`.trim())
  }
}

function sentence(text: string) {
  return { type: 'message', text, textFormat: 'plain' }
}
