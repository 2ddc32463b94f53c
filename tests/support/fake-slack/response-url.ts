import { contentFault } from './methods.ts'
import type { Thing } from './validate-objects.ts'
import { addMessage, BOT, editMessage, type Message, now, number, type Workspace } from './workspace.ts'

export function newResponseUrl(
  space: Workspace,
  base: string,
  from: { channel: string; user: string; source?: Message },
): string {
  const id = `r${number(space)}`
  space.responseUrls.set(id, { ...from, at: now(space), uses: 0 })
  return `${base}/response/${id}`
}

/** Five uses in half an hour, then 404; anybody who knows the address may post. */
export function useResponseUrl(space: Workspace, id: string, body: Thing): { status: number; text: string } {
  const url = space.responseUrls.get(id)
  if (url === undefined) return { status: 404, text: 'no_such_url' }
  if (now(space) - url.at > 30 * 60_000) return { status: 404, text: 'expired_url' }
  if (url.uses >= 5) return { status: 404, text: 'used_url' }
  url.uses += 1
  if (body.delete_original === true) return { status: 200, text: 'ok' }

  const fault = contentFault(body)
  if (fault !== undefined) return { status: 400, text: JSON.stringify(fault) }
  if (body.replace_original === true && url.source !== undefined) {
    editMessage(space, url.source, body)
  } else {
    const reader = body.response_type === 'in_channel' ? {} : { to: url.user }
    addMessage(space, { channel: url.channel, from: BOT.userId, ...reader }, body)
  }
  return { status: 200, text: 'ok' }
}
