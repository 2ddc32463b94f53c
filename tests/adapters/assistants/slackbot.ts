import { createHmac } from 'node:crypto'
import type { User } from '../../support/fake-slack/index.ts'
import { type Block, blocksShown, elementsOf } from './slackbot-blocks.ts'

export type Answered = {
  readonly status: number
  readonly headers: Headers
  readonly result: {
    readonly isError?: boolean
    readonly content: readonly { readonly text: string }[]
    readonly structuredContent: Record<string, unknown>
    readonly tools: readonly Tool[]
    readonly _meta?: { readonly slack?: { readonly blocks?: readonly Block[] } }
  }
}

type Tool = {
  readonly name: string
  readonly inputSchema: { readonly properties: object }
  readonly _meta?: { readonly slack?: { readonly supportsBlockKit?: boolean } }
}

const ADVERTISED = { extensions: { 'io.slack/block-kit': { mimeTypes: ['application/vnd.slack.blocks+json'] } } }

type Opening = {
  readonly user?: User
  /** Whether it says that it draws blocks. */
  readonly blocks?: boolean
  /** Whether it leaves out the id that its conversation was given. */
  readonly forgetsSession?: boolean
}

/** A stand-in for Slackbot: it signs as Slack does, names the person, says what it draws, and drops what Slack drops. */
export function slackbot(port: () => number, secret: string, now: () => number) {
  let ids = 0
  let session: string | undefined
  const sign = (body: string, at = now()) => {
    const stamp = String(Math.floor(at / 1_000))
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`
    return { 'x-slack-request-timestamp': stamp, 'x-slack-signature': signature }
  }
  const send = async (body: string, headers: Record<string, string>) => {
    const response = await fetch(`http://127.0.0.1:${port()}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(session !== undefined && { 'mcp-session-id': session }),
        ...headers,
      },
      body,
    })
    const answered = (await response.json()) as object
    return { status: response.status, headers: response.headers, ...answered } as Answered
  }
  const message = (method: string, params: object) => JSON.stringify({ jsonrpc: '2.0', id: ++ids, method, params })
  const caller = (user: User, team = 'T0TEAM') => ({ slack: { user_id: user.id, team_id: team, enterprise_id: null } })
  const call = (user: User, tool: string, given: object, team?: string) =>
    message('tools/call', { name: tool, arguments: given, _meta: caller(user, team) })
  const signed = (body: string) => send(body, sign(body))

  return {
    sign,
    send,
    call,
    /** Begins a conversation; what it says there holds for what follows. */
    async open({ user, blocks = true, forgetsSession = false }: Opening = {}): Promise<Answered> {
      session = undefined
      const answered = await signed(
        message('initialize', {
          protocolVersion: '2025-11-25',
          capabilities: blocks ? ADVERTISED : {},
          clientInfo: { name: 'slackbot', version: '1' },
          ...(user && { _meta: caller(user) }),
        }),
      )
      if (!forgetsSession) session = answered.headers.get('mcp-session-id') ?? undefined
      return answered
    },
    tools: async (user: User) => (await signed(message('tools/list', { _meta: caller(user) }))).result.tools,
    use: (user: User, tool: string, given: object = {}, team?: string) => signed(call(user, tool, given, team)),
    /** What the person sees: the blocks, once nothing in them is what Slack drops an answer for. */
    shown: ({ result }: Answered) => blocksShown(result._meta?.slack?.blocks ?? []),
    /** Presses a button of an answer, whose call replaces what is shown. */
    async press(user: User, { result }: Answered, tool: string, nth = 0): Promise<Answered> {
      const elements = elementsOf(blocksShown(result._meta?.slack?.blocks ?? []))
      const button = elements.filter(({ action_id }) => action_id === `tool:${tool}`)[nth]
      if (button?.value === undefined) throw new Error(`no button uses ${tool}`)
      const given = JSON.parse(button.value) as object
      const known = (await this.tools(user)).find(({ name }) => name === tool)?.inputSchema.properties ?? {}
      // Slack passes on what the tool declares.
      return this.use(user, tool, Object.fromEntries(Object.entries(given).filter(([name]) => name in known)))
    },
  }
}
