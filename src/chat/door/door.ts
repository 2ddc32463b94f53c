import { awaitedLater } from '../../async/awaited-later.ts'
import { type Context, newContext, type Runtime } from '../../context.ts'
import { type Arrived, isFirstDelivery } from '../../store/delivery/handled-requests.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { personOption } from '../../views/parts/person-field.ts'
import { refusalCard } from '../../views/parts/refusal-card.ts'
import { suggestAccounts } from '../accounts/find/suggest-accounts.ts'
import { homePage } from '../home/home.ts'
import { unfurl, unfurlLate } from '../links/unfurl.ts'
import { recordRefusal, refusalAtDoor } from '../people/admit.ts'
import { suggestPeople } from '../people/suggest-people.ts'
import { welcome } from '../people/welcome.ts'
import type { Acknowledge, Arrival, Door, Query, Reply, Stranger, SubmissionReply, Suggestions } from '../port.ts'
import { keepArrivals } from './arrivals.ts'
import { guarded } from './guarded.ts'
import { handleAsk, handlePress, handleShortcut, handleSubmission, refused } from './handlers.ts'
import { prefetchedContext } from './prefetch.ts'

/** `settle` resolves once everything that was done is recorded as done. */
export type OpenDoor = Door & { settle(): Promise<void> }

/** The one inbound door: admits the caller, finds the handler, and turns any failure into a reply to the caller. */
export function openDoor(runtime: Runtime): OpenDoor {
  const { once, settle } = keepArrivals(runtime)
  const first = <R extends Reply | SubmissionReply>(
    arrived: Arrived,
    act: (context: Context) => Promise<R>,
    acknowledge?: Acknowledge,
  ) => {
    let isBegun = false
    const knock = () => {
      // Concurrently with recording what came in.
      const context = awaitedLater(prefetchedContext(runtime, arrived))
      const begun = async () => {
        isBegun = true
        return act(await context)
      }
      return once(arrived, begun, acknowledge)
    }
    return guarded(runtime, knock, () => isBegun)
  }
  return {
    ask: (request, acknowledge) => first({ kind: 'ask', request }, context => handleAsk(context, request), acknowledge),
    press: (request, acknowledge) =>
      first({ kind: 'press', request }, context => handlePress(context, request), acknowledge),
    shortcut: (request, acknowledge) =>
      first({ kind: 'shortcut', request }, context => handleShortcut(context, request), acknowledge),
    unfurl: async (request, acknowledge) => {
      try {
        const act = async () => unfurl(await newContext(runtime), request)
        const unfurls = await once({ kind: 'links', request }, act, acknowledge)
        return 'kind' in unfurls ? [] : unfurls
      } catch (error) {
        runtime.log.error({ err: error }, 'links stay as they are')
        return []
      }
    },
    suggest: query => suggested(runtime, query),
    turnedAway: stranger => turnedAway(runtime, stranger),
    home: async actor => (await guarded(runtime, async () => homePage(await newContext(runtime), actor))).card,
    welcome: arrival => guarded(runtime, async () => arrivedOnce(await newContext(runtime), arrival)),
    submit: async request => {
      const reply = await first({ kind: 'submit', request }, context => handleSubmission(context, request))
      return reply.kind === 'nothing' ? SUBMITTED_BEFORE : reply
    },
    settle,
  }
}

/** Handles what came in before a restart and was not done. */
export function handleArrival(runtime: Runtime, { kind, request }: Arrived): Promise<Reply | SubmissionReply> {
  return guarded<Reply | SubmissionReply>(runtime, async () => {
    const context = await newContext(runtime)
    switch (kind) {
      case 'ask':
        return handleAsk(context, request)
      case 'press':
        return handlePress(context, request)
      case 'shortcut':
        return handleShortcut(context, request)
      case 'submit':
        return handleSubmission(context, request)
      case 'links':
        await unfurlLate(context, request)
        return { kind: 'nothing' }
    }
  })
}

const SUBMITTED_BEFORE: SubmissionReply = {
  kind: 'card',
  card: noticeCard('Already done', 'This form was already sent, and nothing was done twice.'),
}

async function arrivedOnce(context: Context, arrival: Arrival): Promise<Reply> {
  if (!(await isFirstDelivery(context.connection.db, arrival.deliveryId, context.clock()))) return { kind: 'nothing' }
  const refusal = await refusalAtDoor(context, arrival.actor, 'welcome')
  return refusal === undefined ? welcome(context, arrival) : refused(refusal)
}

/** People type on meanwhile: a failure is an empty list. */
async function suggested(runtime: Runtime, { actor, kind, text }: Query): Promise<Suggestions> {
  const { connection, clock, log } = runtime
  try {
    const context = await newContext(runtime)
    const refusal = await refusalAtDoor(context, actor, `search ${kind}`)
    if (refusal !== undefined) return { options: [], refusal: refusalCard(refusal) }
    if (kind === 'channel') return { options: (await context.chats.get(actor.platform)?.suggestChannels?.(text)) ?? [] }
    if (kind === 'person') return { options: (await suggestPeople(context, text)).map(personOption) }
    const accounts = await suggestAccounts(connection, text, clock())
    return { options: accounts.map(({ id, name }) => ({ value: id, label: id === name ? name : `${name} (${id})` })) }
  } catch (error) {
    log.error({ err: error }, 'nothing to suggest')
    return { options: [] }
  }
}

async function turnedAway(runtime: Runtime, { actor, knock, deliveryId }: Stranger): Promise<void> {
  const { connection, clock, log } = runtime
  try {
    if (!(await isFirstDelivery(connection.db, deliveryId, clock()))) return
    await recordRefusal(await newContext(runtime), actor, { knock, refusal: 'outsider' })
  } catch (error) {
    log.error({ err: error }, 'a refusal was not noted')
  }
}
