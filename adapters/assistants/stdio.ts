import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { ToolDoor } from '../../src/chat/tools/tool-port.ts'
import type { Asking } from './asking.ts'
import { createServer } from './mcp-server.ts'

/** Serves one person over stdin and stdout, until stdin ends. Each call is a delivery of its own. */
export async function serveOverStdio(
  door: ToolDoor,
  asking: Omit<Asking, 'deliveryId'>,
  newId: () => string,
): Promise<void> {
  const each: ToolDoor = { ...door, use: asked => door.use({ ...asked, deliveryId: `assistant:${newId()}` }) }
  const server = createServer(each, { ...asking, deliveryId: '' })
  const ended = new Promise<void>(resolve => {
    process.stdin.once('end', resolve)
    server.onclose = resolve
  })
  await server.connect(new StdioServerTransport())
  await ended
  await server.close()
}
