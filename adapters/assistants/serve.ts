import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { CallToolRequestSchema, type CallToolResult, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import type { ToolAnswer, ToolDescription, ToolDoor } from '../../src/chat/tools/tool-port.ts'
import type { Asking } from './asking.ts'
import { renderText } from './render-text.ts'
import { serveDocuments } from './serve-documents.ts'
import { servePrompts } from './serve-prompts.ts'

/** What the server answers: tools, documents and prompts as the door has them. */
export function serve(server: Server, door: ToolDoor, asking: Asking): void {
  const { actor, through, deliveryId, cards } = asking

  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: door.tools.map(tool => ({ ...describe(tool), ...(cards && { _meta: CARDS }) })),
  }))

  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { requestId }) => {
    const asked = { actor, tool: params.name, arguments: params.arguments, through }
    const answer = await door.use({ ...asked, deliveryId: `${deliveryId}:${requestId}` })
    return resultOf(answer, cards && (card => cards.draw(card, door.toolOf)))
  })

  serveDocuments(server, door, asking)
  servePrompts(server, door, asking)
}

/** A client that draws a platform's cards learns that the answers have them. */
const CARDS = { slack: { supportsBlockKit: true } }

function describe({ name, title, description, input, isReadOnly, isDestructive }: ToolDescription) {
  return {
    name,
    title,
    description,
    inputSchema: input as { type: 'object' },
    annotations: {
      title,
      readOnlyHint: isReadOnly,
      idempotentHint: true,
      destructiveHint: isDestructive,
      openWorldHint: false,
    },
  }
}

function resultOf(
  { card, sentence = card, data, isError }: ToolAnswer,
  draw: ((card: ToolAnswer['card']) => Record<string, unknown>) | undefined,
): CallToolResult {
  return {
    content: [{ type: 'text', text: renderText(sentence) }],
    ...(data !== undefined && { structuredContent: { ...data } }),
    ...(isError && { isError }),
    ...(draw !== undefined && { _meta: draw(card) }),
  }
}
