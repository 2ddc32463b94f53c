import * as z from 'zod'
import type { Context } from '../../context.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import type { Card } from '../../views/card.ts'
import { type Caller, identify } from '../../work/people/identify.ts'
import type { Command } from '../command.ts'
import type { ToolAnswer, ToolDescription, ToolUse } from './tool-port.ts'

export type Tool = ToolDescription & { run(context: Context, use: ToolUse): Promise<ToolAnswer> }

export type Used<Input> = {
  readonly use: ToolUse
  readonly input: Input
  readonly caller: Caller
  readonly now: Instant
}

type Parts<Shape extends z.ZodRawShape> = Pick<ToolDescription, 'name' | 'title' | 'description'> & {
  readonly input: Shape
  run(context: Context, used: Used<z.infer<z.ZodObject<Shape>>>): Promise<ToolAnswer>
}

/** A tool that only reads. */
export function reading<Shape extends z.ZodRawShape>(parts: Parts<Shape>): Tool {
  return tool(parts, { isReadOnly: true, isDestructive: false })
}

/** A tool that changes something; a repeat changes nothing. */
export function acting<Shape extends z.ZodRawShape>(parts: Parts<Shape>, isDestructive = false): Tool {
  return tool(parts, { isReadOnly: false, isDestructive })
}

function tool<Shape extends z.ZodRawShape>(
  { input, run, ...described }: Parts<Shape>,
  hints: Pick<ToolDescription, 'isReadOnly' | 'isDestructive'>,
): Tool {
  const schema = z.strictObject(input)
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input' })
  return {
    ...described,
    ...hints,
    input: json,
    async run(context, use) {
      const given = schema.safeParse(use.arguments ?? {})
      if (!given.success) throw wrongArguments(use.tool, given.error, Object.keys(input))
      const caller = await identify(context, use.actor)
      return run(context, { use, input: given.data as z.infer<z.ZodObject<Shape>>, caller, now: context.clock() })
    },
  }
}

function wrongArguments(tool: string, { issues }: z.ZodError, names: readonly string[]): BotError {
  const [issue] = issues
  const field = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.')
  const problem = issue?.code === 'unrecognized_keys' ? 'is not an argument' : `is not valid: ${issue?.message ?? ''}`
  const right = names.length === 0 ? 'It takes no arguments.' : `Its arguments are ${names.join(', ')}.`
  return new BotError('wrong_arguments', `${tool}: ${field === '' ? 'the whole' : field} ${problem}.`, right)
}

/** The card that a command answers the same person with. */
export async function cardOf(context: Context, use: ToolUse, command: Command, rest: string): Promise<Card> {
  const { actor, deliveryId } = use
  const asked = { actor, text: rest, channel: '', isPrivate: true, canOpenForm: false, deliveryId }
  const reply = await command(context, asked, rest)
  if (reply.kind === 'card') return reply.card
  throw new BotError('no_answer', 'There is nothing to show here.', 'Ask in chat.')
}
