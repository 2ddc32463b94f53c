import { type Context, newContext, type Runtime } from '../../../context.ts'
import { foldEmail } from '../../../domain/people/person.ts'
import { BotError } from '../../../errors.ts'
import { connectionOfAccess } from '../../../store/assistants/connections.ts'
import { recordAudit } from '../../../store/audit/audit.ts'
import { isFirstDelivery } from '../../../store/delivery/handled-requests.ts'
import { verifyToken } from '../../../store/people/tokens.ts'
import { refusalCard } from '../../../views/parts/refusal-card.ts'
import { identify } from '../../../work/people/identify.ts'
import { suggestAccounts } from '../../accounts/find/suggest-accounts.ts'
import { failureCard } from '../../door/failure-card.ts'
import { refusalAtDoor } from '../../people/admit.ts'
import type { Actor } from '../../port.ts'
import { TOOLS } from '../index.ts'
import type { ToolAnswer, ToolDoor, ToolUse } from '../tool-port.ts'
import { DOCUMENTS } from './documents.ts'
import { PROMPTS } from './prompts.ts'
import { signInOf } from './sign-in.ts'
import { toolOfButton } from './tool-of-button.ts'

/** The name for people who ask through an assistant and are on no chat platform. */
const ASSISTANT = 'assistant'

/** The door for assistants: the same people, roles, masks and acts as in chat. */
export function openToolDoor(runtime: Runtime): ToolDoor {
  return {
    tools: TOOLS.map(({ run: _, ...description }) => description),
    documents: DOCUMENTS.map(({ text: _, ...document }) => document),
    prompts: PROMPTS,
    signIn: signInOf(runtime),
    toolOf: toolOfButton,
    async admit(token) {
      const asked = await connectionOfAccess(runtime.connection.db, token, runtime.clock())
      if (asked !== undefined) return { actor: actorCalled(asked.person), through: asked.name }
      const { verdict, token: known } = await verifyToken(runtime.connection.db, token, 'mcp', runtime.clock())
      if (verdict !== 'valid' || known === undefined) return { refusal: verdict === 'valid' ? 'unknown' : verdict }
      if (known.person === undefined) return { refusal: 'no_person' }
      return { actor: actorCalled(known.person), through: known.name }
    },
    use: asked => guarded(runtime, async () => used(await newContext(runtime), asked)),
    async complete(actor, typed) {
      const found = await guarded(runtime, async () => {
        const context = await newContext(runtime)
        const refused = await refusalFor(context, actor, 'search account')
        return refused ?? { accounts: await suggestAccounts(context.connection, typed, context.clock()) }
      })
      return 'accounts' in found ? [...new Set(found.accounts.map(({ name }) => name))] : []
    },
    async read(uri, actor) {
      const answer = await guarded(runtime, async () => {
        const context = await newContext(runtime)
        const refused = await refusalFor(context, actor, `read ${uri}`)
        if (refused !== undefined) return refused
        const document = DOCUMENTS.find(document => document.uri === uri)
        if (document === undefined) throw new BotError('no_document', 'There is no such document.', 'List them first.')
        return { text: document.text(context) }
      })
      return 'text' in answer ? answer : { refusal: answer.card }
    },
  }
}

function actorCalled(person: string): Actor {
  const email = foldEmail(person)
  return { platform: ASSISTANT, userId: email, email }
}

async function used(context: Context, asked: ToolUse): Promise<ToolAnswer> {
  const refused = await refusalFor(context, asked.actor, `tool ${asked.tool}`)
  if (refused !== undefined) return refused
  const tool = TOOLS.find(({ name }) => name === asked.tool)
  if (tool === undefined) {
    const names = TOOLS.map(({ name }) => name).join(', ')
    throw new BotError('no_tool', `There is no tool ${asked.tool.slice(0, 60)}.`, `There are ${names}.`)
  }
  if (!tool.isReadOnly && !(await isFirstDelivery(context.connection.db, asked.deliveryId, context.clock()))) {
    throw new BotError('done_before', 'That has already been done.', 'Nothing was done twice.')
  }
  const answer = await tool.run(context, asked)
  if (!tool.isReadOnly) await noteAct(context, asked, answer)
  return answer
}

async function refusalFor(context: Context, actor: Actor, knock: string): Promise<ToolAnswer | undefined> {
  const refusal = await refusalAtDoor(context, actor, knock)
  if (refusal !== undefined) return { card: refusalCard(refusal), isError: true }
  return undefined
}

/** In addition to the act's own line: which assistant it came through. */
async function noteAct(
  context: Context,
  { actor, tool, through }: ToolUse,
  { subject = tool, data }: ToolAnswer,
): Promise<void> {
  const caller = await identify(context, actor)
  await recordAudit(context.connection.db, {
    at: context.clock(),
    who: caller.email ?? caller.name,
    act: `tool.${tool}`,
    subject,
    isNow: `${data?.done === false ? 'changed nothing' : 'done'}, through ${through}`,
  })
}

async function guarded<T>(runtime: Runtime, act: () => Promise<T>): Promise<T | ToolAnswer> {
  try {
    return await act()
  } catch (error) {
    return { card: failureCard(runtime, error), isError: true }
  }
}
