import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  type CallToolResult,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import type { ToolAnswer, ToolDescription, ToolDoor } from '../../src/chat/tools/tool-port.ts'
import type { Asking } from './asking.ts'
import { renderText } from './render-text.ts'

/** What the server answers: tools, documents and prompts as the door has them. */
export function serve(server: Server, door: ToolDoor, asking: Asking): void {
  const { actor, through, deliveryId, own } = asking

  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: door.tools.map(tool => ({ ...describe(tool), ...(own && { _meta: CARDS }) })),
  }))

  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const answer = await door.use({ actor, tool: params.name, arguments: params.arguments, through, deliveryId })
    return resultOf(answer, own && (card => own.draw(card, door.toolOf)))
  })

  server.setRequestHandler(ListResourcesRequestSchema, () => ({
    resources: door.documents.map(document => ({ ...document, mimeType: 'text/plain' })),
  }))

  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }) => {
    const read = await door.read(uri, actor)
    if ('refusal' in read) throw new Error(read.refusal.summary)
    return { contents: [{ uri, mimeType: 'text/plain', text: read.text }] }
  })

  server.setRequestHandler(ListPromptsRequestSchema, () => ({
    prompts: door.prompts.map(({ name, title, description, blanks }) => ({
      name,
      title,
      description,
      arguments: blanks.map(blank => ({ ...blank, required: true })),
    })),
  }))

  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => {
    const prompt = door.prompts.find(({ name }) => name === params.name)
    if (prompt === undefined) throw new Error(`There is no prompt ${params.name}.`)
    const text = prompt.text(params.arguments ?? {})
    return {
      description: prompt.description,
      messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }],
    }
  })
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
  { card, data, isError }: ToolAnswer,
  draw: ((card: ToolAnswer['card']) => Record<string, unknown>) | undefined,
): CallToolResult {
  return {
    content: [{ type: 'text', text: renderText(card) }],
    ...(data !== undefined && { structuredContent: { ...data } }),
    ...(isError && { isError }),
    ...(draw !== undefined && { _meta: draw(card) }),
  }
}
