import { createHmac } from 'node:crypto'
import type { User } from '../../support/fake-slack/index.ts'

/** What Slackbot shows of an answer: one block of another kind, and it drops them all. */
const ALLOWED = new Set([
  ...[
    'context',
    'divider',
    'header',
    'markdown',
    'rich_text',
    'section',
    'file',
    'image',
    'video',
    'actions',
    'carousel',
  ],
  ...['input', 'data_table', 'data_visualization', 'table', 'card', 'container'],
])

type Block = { readonly type: string; readonly elements?: readonly { action_id?: string; value?: string }[] }

export type Answered = {
  readonly status: number
  readonly result: {
    readonly isError?: boolean
    readonly content: readonly { readonly text: string }[]
    readonly structuredContent: Record<string, unknown>
    readonly _meta?: { readonly slack?: { readonly blocks?: readonly Block[] } }
  }
}

/** A stand-in for Slackbot: it signs as Slack does, names the person, and refuses what Slack refuses. */
export function slackbot(port: () => number, secret: string, now: () => number) {
  let ids = 0
  const sign = (body: string, at = now()) => {
    const stamp = String(Math.floor(at / 1_000))
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`
    return { 'x-slack-request-timestamp': stamp, 'x-slack-signature': signature }
  }
  const send = async (body: string, headers: Record<string, string>) => {
    const response = await fetch(`http://127.0.0.1:${port()}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body,
    })
    return { status: response.status, ...((await response.json()) as object) } as Answered
  }
  const call = (user: User, tool: string, given: object, team = 'T0TEAM') => {
    const meta = { slack: { user_id: user.id, team_id: team } }
    const params = { name: tool, arguments: given, _meta: meta }
    return JSON.stringify({ jsonrpc: '2.0', id: ++ids, method: 'tools/call', params })
  }
  return {
    sign,
    send,
    call,
    async use(user: User, tool: string, given: object = {}, team?: string): Promise<Answered> {
      const body = call(user, tool, given, team)
      const answered = await send(body, sign(body))
      const blocks = answered.result?._meta?.slack?.blocks ?? []
      for (const { type, elements = [] } of blocks) {
        if (!ALLOWED.has(type)) throw new Error(`Slackbot drops all blocks for one of the kind ${type}`)
        const ids = elements.map(({ action_id }) => action_id)
        if (new Set(ids).size !== ids.length) throw new Error(`an id stands twice: ${ids}`)
      }
      return answered
    },
    /** Presses a button of an answer, whose call replaces what is shown. */
    async press(user: User, { result }: Answered, tool: string): Promise<Answered> {
      const elements = (result._meta?.slack?.blocks ?? []).flatMap(({ elements = [] }) => elements)
      const button = elements.find(({ action_id }) => action_id === `tool:${tool}`)
      if (button === undefined) throw new Error(`there is no button for ${tool}`)
      return this.use(user, tool, JSON.parse(button.value ?? '{}'))
    },
  }
}
