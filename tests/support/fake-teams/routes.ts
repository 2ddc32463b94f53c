import { isThing, listOf, type Thing, thingsOf } from '../thing.ts'
import type { Operation } from './faults.ts'
import { addMessages, contentFault, editMessage, type Refusal } from './messages.ts'
import { type Channel, isOutsider, type Message, placeOf, type Tenant, type User, userByEitherId } from './tenant.ts'

export type Answer = { readonly status: number; readonly body: Thing; readonly retryAfter?: number }
export type Asked = {
  readonly tenant: Tenant
  readonly ids: readonly string[]
  readonly body: Thing
  readonly query: URLSearchParams
}
type Route = {
  readonly operation: Operation
  readonly method: string
  readonly path: RegExp
  readonly act: (asked: Asked) => Answer
}

const ID = '([^/]+)'
const CONVERSATIONS = `/v3/conversations`

/** The connector's REST interface, as far as a bot needs it. */
const ROUTES: readonly Route[] = [
  route('create', 'POST', CONVERSATIONS, createConversation),
  route('send', 'POST', `${CONVERSATIONS}/${ID}/activities`, ({ tenant, ids: [id = ''], body }) =>
    post(tenant, placeOf(id), body),
  ),
  route('reply', 'POST', `${CONVERSATIONS}/${ID}/activities/${ID}`, ({ tenant, ids: [id = '', to], body }) => {
    const { conversation, root } = placeOf(id)
    const isChannel = conversation.startsWith('19:')
    return post(tenant, { conversation, root: root ?? (isChannel ? to : undefined) }, body)
  }),
  route('update', 'PUT', `${CONVERSATIONS}/${ID}/activities/${ID}`, ({ tenant, ids: [id = '', message], body }) =>
    inPlace(tenant, placeOf(id).conversation, () => {
      const found = findMessage(tenant, placeOf(id).conversation, message)
      if (found === undefined) return refused(GONE)
      const fault = contentFault(body)
      if (fault !== undefined) return refused(fault)
      editMessage(tenant, found, body)
      return { status: 200, body: { id: found.id } }
    }),
  ),
  route('delete', 'DELETE', `${CONVERSATIONS}/${ID}/activities/${ID}`, ({ tenant, ids: [id = '', message] }) => {
    const found = findMessage(tenant, placeOf(id).conversation, message)
    if (found === undefined) return refused(GONE)
    found.isDeleted = true
    return { status: 200, body: {} }
  }),
  route('members', 'GET', `${CONVERSATIONS}/${ID}/members`, ({ tenant, ids: [id = ''] }) =>
    inPlace(tenant, placeOf(id).conversation, () => ({
      status: 200,
      body: membersOf(tenant, id).map(asMember) as unknown as Thing,
    })),
  ),
  route('pagedMembers', 'GET', `${CONVERSATIONS}/${ID}/pagedmembers`, ({ tenant, ids: [id = ''], query }) =>
    inPlace(tenant, placeOf(id).conversation, () => {
      const from = Number(query.get('continuationToken') ?? 0)
      const size = Math.max(Number(query.get('pageSize') ?? 200), 1)
      const all = membersOf(tenant, id)
      const next = from + size < all.length ? { continuationToken: String(from + size) } : {}
      return { status: 200, body: { members: all.slice(from, from + size).map(asMember), ...next } }
    }),
  ),
  route('member', 'GET', `${CONVERSATIONS}/${ID}/members/${ID}`, ({ tenant, ids: [id = '', who] }) =>
    inPlace(tenant, placeOf(id).conversation, () => {
      const found = membersOf(tenant, id).find(user => user.id === who || user.aadObjectId === who)
      return found === undefined
        ? refused({ status: 404, code: 'MemberNotFoundInConversation', message: 'Member not found in conversation.' })
        : { status: 200, body: asMember(found) }
    }),
  ),
  route('channels', 'GET', `/v3/teams/${ID}/conversations`, ({ tenant, ids: [id] }) => {
    const channels = [...tenant.channels.values()].filter(({ team, isDeleted }) => team.id === id && !isDeleted)
    return { status: 200, body: { conversations: [{ id }, ...channels.map(({ id, name }) => ({ id, name }))] } }
  }),
  route('team', 'GET', `/v3/teams/${ID}`, ({ tenant, ids: [id = ''] }) => {
    const team = tenant.teams.get(id)
    if (team?.hasBot !== true) return refused(NO_CONVERSATION)
    return { status: 200, body: { id, name: team.name, aadGroupId: id.slice(3, 11) } }
  }),
]

const GONE = { status: 404, code: 'ActivityNotFoundInConversation', message: 'The activity was not found.' }
const NO_CONVERSATION = { status: 404, code: 'ConversationNotFound', message: 'Conversation not found.' }
const NOT_IN_ROSTER = {
  status: 403,
  code: 'BotNotInConversationRoster',
  message: 'The bot is not part of the conversation roster.',
}
const BLOCKED = { status: 403, code: 'MessageWritesBlocked', message: 'Thread is blocked from message writes.' }

function createConversation({ tenant, body }: Asked): Answer {
  const channelData = isThing(body.channelData) ? body.channelData : {}
  const channel = isThing(channelData.channel) ? channelData.channel.id : undefined
  const activity = isThing(body.activity) ? body.activity : undefined
  if (channel !== undefined) {
    if (activity === undefined)
      return refused({ status: 400, code: 'BadSyntax', message: 'Activity resulted into nothing' })
    const posted = post(tenant, { conversation: String(channel), root: undefined }, activity)
    if (posted.status >= 300) return posted
    const id = posted.body.id
    return { status: 201, body: { id: `${channel};messageid=${id}`, activityId: id } }
  }
  const [member] = thingsOf(body.members)
  const user = userByEitherId(tenant, member?.id)
  if (user === undefined) return refused({ status: 400, code: 'BadArgument', message: 'Failed to decrypt pairwise id' })
  if (body.tenantId === undefined && !isThing(channelData.tenant)) {
    return refused({ status: 400, code: 'BadArgument', message: 'TenantId is required' })
  }
  if (!user.hasBot) return refused(NOT_INSTALLED)
  const said =
    activity === undefined ? undefined : post(tenant, { conversation: user.conversation, root: undefined }, activity)
  if (said !== undefined && said.status >= 300) return said
  return { status: 201, body: { id: user.conversation, ...(said && { activityId: said.body.id }) } }
}

const NOT_INSTALLED = {
  status: 403,
  code: 'ForbiddenOperationException',
  message: 'The bot is not installed in the personal scope of the user.',
}

function post(tenant: Tenant, place: Pick<Message, 'conversation' | 'root'>, activity: Thing): Answer {
  return inPlace(tenant, place.conversation, () => {
    const fault = tooFast(tenant, place.conversation) ?? contentFault(activity)
    if (fault !== undefined) return refused(fault)
    return { status: 201, body: addMessages(tenant, place, activity) }
  })
}

/** Where the bot may be: a channel of a team that has it, or the chat with somebody who has it. */
function inPlace(tenant: Tenant, conversation: string, act: () => Answer): Answer {
  const channel = channelOf(tenant, conversation)
  if (channel !== undefined) {
    if (channel.isDeleted) return refused(NO_CONVERSATION)
    return channel.takesPosts && channel.team.hasBot ? act() : refused(NOT_IN_ROSTER)
  }
  const user = [...tenant.users.values()].find(user => user.conversation === conversation)
  if (user === undefined) return refused(NO_CONVERSATION)
  if (user.isBlocking) return refused(BLOCKED)
  return user.hasBot ? act() : refused(NOT_IN_ROSTER)
}

function tooFast(tenant: Tenant, conversation: string): Refusal | undefined {
  const now = Date.now()
  const recent = (tenant.sentAt.get(conversation) ?? []).filter(at => now - at < 1_000)
  if (tenant.limitsRate && recent.length >= 7) {
    return { status: 429, code: 'TooManyRequests', message: 'Too many requests', retryAfter: 1 }
  }
  tenant.sentAt.set(conversation, [...recent, now])
  return undefined
}

function channelOf(tenant: Tenant, conversation: string): Channel | undefined {
  return tenant.channels.get(conversation)
}

function findMessage(tenant: Tenant, conversation: string, id: string | undefined): Message | undefined {
  return tenant.messages.find(
    message =>
      message.conversation === conversation && message.id === id && message.from === 'bot' && !message.isDeleted,
  )
}

function membersOf(tenant: Tenant, id: string): readonly User[] {
  const { conversation } = placeOf(id)
  const all = [...tenant.users.values()]
  const channel = tenant.channels.get(conversation)
  return channel === undefined
    ? all.filter(user => user.conversation === conversation)
    : all.filter(user => !isOutsider(tenant, user) || channel.outsiders.has(user.id))
}

function asMember({ id, aadObjectId, name, email, tenantId, isGuest }: User): Thing {
  return {
    id,
    objectId: aadObjectId,
    aadObjectId,
    name,
    tenantId,
    userRole: isGuest ? 'guest' : 'user',
    userPrincipalName: email ?? `${name.toLowerCase()}@nowhere.invalid`,
    ...(email === undefined ? {} : { email }),
  }
}

function refused({ status, code, message, retryAfter }: Refusal): Answer {
  const body = { error: { code, message } }
  return retryAfter === undefined ? { status, body } : { status, body, retryAfter }
}

function route(operation: Operation, method: string, path: string, act: Route['act']): Route {
  return { operation, method, path: new RegExp(`^${path}$`), act }
}

export function routeOf(
  method: string,
  path: string,
): { readonly route: Route; readonly ids: readonly string[] } | undefined {
  for (const candidate of ROUTES) {
    const match = candidate.method === method ? candidate.path.exec(path) : null
    if (match !== null)
      return { route: candidate, ids: listOf(match.slice(1)).map(id => decodeURIComponent(String(id))) }
  }
  return undefined
}
