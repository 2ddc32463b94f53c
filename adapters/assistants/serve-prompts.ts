import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CompleteRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import type { ToolDoor } from '../../src/chat/tools/tool-port.ts'
import type { Asking } from './asking.ts'
import { refusal, WRONG_ARGUMENTS } from './refusal.ts'

/** Questions with blanks; names that fit a blank are suggested while somebody types. */
export function servePrompts(server: Server, door: ToolDoor, { actor }: Asking): void {
  server.setRequestHandler(ListPromptsRequestSchema, () => ({
    prompts: door.prompts.map(({ name, title, description, blanks }) => ({
      name,
      title,
      description,
      arguments: blanks.map(blank => ({ ...blank, required: true })),
    })),
  }))

  server.setRequestHandler(GetPromptRequestSchema, ({ params: { name, arguments: filled = {} } }) => {
    const { description, blanks, text } = promptCalled(door, name)
    const empty = blanks.find(blank => !filled[blank.name]?.trim())
    if (empty !== undefined) throw refusal(WRONG_ARGUMENTS, `${name} needs ${empty.name}: ${empty.description}`)
    return {
      description,
      messages: [{ role: 'user' as const, content: { type: 'text' as const, text: text(filled) } }],
    }
  })

  server.setRequestHandler(CompleteRequestSchema, async ({ params: { ref, argument } }) => {
    const prompt = ref.type === 'ref/prompt' ? door.prompts.find(({ name }) => name === ref.name) : undefined
    const isBlank = prompt?.blanks.some(({ name }) => name === argument.name)
    return { completion: { values: isBlank ? [...(await door.complete(actor, argument.value))] : [] } }
  })
}

function promptCalled({ prompts }: ToolDoor, name: string) {
  const prompt = prompts.find(prompt => prompt.name === name)
  if (prompt !== undefined) return prompt
  const names = prompts.map(({ name }) => name).join(', ')
  throw refusal(WRONG_ARGUMENTS, `There is no prompt ${name.slice(0, 60)}. There are ${names}.`)
}
