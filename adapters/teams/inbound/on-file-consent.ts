import * as z from 'zod'
import { BotError } from '../../../src/errors.ts'
import { type Activity, userOf } from '../connector/activity.ts'
import { patiently } from '../connector/patience.ts'
import { faultOf } from '../outbound/errors.ts'
import { sendTo } from '../outbound/messages.ts'
import { fileMessage, upload } from '../outbound/send-file.ts'
import { type Answer, placeOf } from './answer.ts'
import type { Desk } from './desk.ts'

const consent = z.object({ action: z.string(), context: z.object({ file: z.string() }) })
const uploadInfo = z.object({
  name: z.string(),
  uploadUrl: z.string(),
  contentUrl: z.string(),
  uniqueId: z.string(),
  fileType: z.string(),
})

/** Somebody allowed a file into their OneDrive, or declined it: the question goes, the file takes its place. */
export function onFileConsent(desk: Desk, activity: Activity): Answer {
  const read = consent.safeParse(activity.value)
  const file = read.success ? desk.files.take(read.data.context.file, userOf(activity)) : undefined
  return { status: 200, afterwards: () => settle(desk, activity, file, read.data?.action === 'accept') }
}

async function settle(
  desk: Desk,
  activity: Activity,
  file: ReturnType<Desk['files']['take']>,
  isAccepted: boolean,
): Promise<void> {
  const place = placeOf(activity)
  const message = isAccepted ? await sent(desk, activity, file) : undefined
  if (message !== undefined) await patiently(() => sendTo(desk, place, message))
  const question = activity.replyToId
  if (question) await desk.transport.remove(place, question).catch(error => desk.log.warn(faultOf(error), 'teams file'))
}

const info = z.object({ uploadInfo })

async function sent(desk: Desk, { value }: Activity, file: ReturnType<Desk['files']['take']>) {
  const read = info.safeParse(value)
  if (file === undefined || !read.success) return sentence('This file is no longer here. Ask for it again.')
  try {
    await upload(desk.config, read.data.uploadInfo, file)
    return fileMessage(read.data.uploadInfo)
  } catch (error) {
    if (!(error instanceof BotError)) throw error
    return sentence(`${error.message} ${error.hint ?? ''}`.trim())
  }
}

function sentence(text: string) {
  return { type: 'message', text, textFormat: 'plain' }
}
