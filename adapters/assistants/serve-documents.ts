import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import type { ToolDoor } from '../../src/chat/tools/tool-port.ts'
import type { Asking } from './asking.ts'
import { NOT_FOUND, refusal } from './refusal.ts'

/** The texts that can be read as a whole. */
export function serveDocuments(server: Server, door: ToolDoor, { actor }: Asking): void {
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [...door.documents] }))

  // Many clients ask for them at once; there are none.
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: [] }))

  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }) => {
    const read = await door.read(uri, actor)
    if ('refusal' in read) throw refusal(NOT_FOUND, read.refusal.summary)
    const mimeType = door.documents.find(document => document.uri === uri)?.mimeType
    return { contents: [{ uri, mimeType, text: read.text }] }
  })
}
