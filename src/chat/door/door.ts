import { awaitedLater } from '../../async/awaited-later.ts'
import { type Context, newContext, type Runtime } from '../../context.ts'
import { mayBeShared } from '../../delivery/shared-places.ts'
import type { Refusal } from '../../domain/people/admission.ts'
import { BotError } from '../../errors.ts'
import { type Arrived, isFirstDelivery } from '../../store/delivery/handled-requests.ts'
import type { Place } from '../../store/destinations/shared-places.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { personOption } from '../../views/parts/person-field.ts'
import { OTHERS_READ_ALONG, refusalCard } from '../../views/parts/refusal-card.ts'
import { noteUse } from '../../work/people/note-use.ts'
import { suggestAccounts } from '../accounts/find/suggest-accounts.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { BUTTONS } from '../buttons.ts'
import type { FormHandler } from '../form.ts'
import { FORMS } from '../forms.ts'
import { homePage } from '../home/home.ts'
import { unfurl, unfurlLate } from '../links/unfurl.ts'
import { recordRefusal, refusalAtDoor } from '../people/admit.ts'
import { suggestPeople } from '../people/suggest-people.ts'
import { welcome } from '../people/welcome.ts'
import type {
  Acknowledge,
  Arrival,
  Door,
  Outcome,
  Press,
  Query,
  Reply,
  Request,
  Shortcut,
  Stranger,
  Submission,
  SubmissionReply,
  Suggestions,
} from '../port.ts'
import { SHORTCUTS } from '../shortcuts.ts'
import { lookAtSentFile } from '../sources/sent-file.ts'
import { understand } from '../words/understand.ts'
import { keepArrivals } from './arrivals.ts'
import { failureCard } from './failure-card.ts'
import { inPlace } from './in-place.ts'
import { aside, canBeAlone, sendAside, sendMasked } from './keep-private.ts'
import { prefetch } from './prefetch.ts'
import { withChange } from './with-change.ts'

/** `settle` resolves once everything that was done is noted as done. */
export type OpenDoor = Door & { settle(): Promise<void> }

/** The one inbound door: lets in who may ask, finds who handles it, and turns any failure into a reply to the asker. */
export function openDoor(runtime: Runtime): OpenDoor {
  const { once, settle } = keepArrivals(runtime)
  const first = <R extends Reply | SubmissionReply>(
    arrived: Arrived,
    act: (context: Context) => Promise<R>,
    acknowledge?: Acknowledge,
  ) => {
    let isBegun = false
    const knock = () => {
      // While what came in is written down.
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
    ask: (request, acknowledge) => first({ kind: 'ask', request }, context => ask(context, request), acknowledge),
    press: (request, acknowledge) => first({ kind: 'press', request }, context => press(context, request), acknowledge),
    shortcut: (request, acknowledge) =>
      first({ kind: 'shortcut', request }, context => chosen(context, request), acknowledge),
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
      const reply = await first({ kind: 'submit', request }, context => submitted(context, request))
      return reply.kind === 'nothing' ? SUBMITTED_BEFORE : reply
    },
    settle,
  }
}

/** Begins a request of which the first questions are on their way before its settings are known. */
async function prefetchedContext(runtime: Runtime, arrived: Arrived): Promise<Context> {
  const remember = prefetch(runtime, arrived)
  const context = await newContext(runtime)
  remember(context)
  return context
}

/** Does what came in before a restart, and was not done. */
export function handleArrival(runtime: Runtime, { kind, request }: Arrived): Promise<Reply | SubmissionReply> {
  return guarded<Reply | SubmissionReply>(runtime, async () => {
    const context = await newContext(runtime)
    switch (kind) {
      case 'ask':
        return ask(context, request)
      case 'press':
        return press(context, request)
      case 'shortcut':
        return chosen(context, request)
      case 'submit':
        return submitted(context, request)
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

async function ask(context: Context, request: Request): Promise<Reply> {
  const reply = await guarded(context, async () => {
    const refusal = await refusalAtDoor(context, request.actor, 'ask')
    if (refusal !== undefined) return refused(refusal, canBeAlone(context, request) ? 'caller' : 'channel')
    // Beside it: on a server each turn is waited for.
    const noted = noteUse(context, request.actor)
    return answered(context, request).finally(() => noted)
  })
  return sendAside(context, request, reply)
}

/** What is personal, or asked where others read along, is for the one who asked alone. */
async function answered(context: Context, request: Request): Promise<Reply> {
  const [file] = request.files ?? []
  if (file !== undefined && request.isPrivate) return lookAtSentFile(context, request, file)
  const { command, rest, isPersonal } = await understand(context, request.text)
  const whole = () => command(context, { ...request, isPrivate: true }, rest)
  if (request.isPrivate) return whole()
  if (isPersonal) return aside(await whole())
  if (request.isShared || (await mayBeShared(context, placeOf(request)))) return aside(await whole(), OTHERS_READ_ALONG)
  return sendMasked(context, request, await command(context, request, rest), whole)
}

/** Bots are not talked to, lest they talk back forever. */
function refused(refusal: Refusal, audience: 'caller' | 'channel' = 'caller'): Reply {
  return refusal === 'bot' ? { kind: 'nothing' } : { kind: 'card', card: refusalCard(refusal), audience }
}

async function press(context: Context, press: Press): Promise<Outcome<Reply>> {
  const refusal = await refusalAtDoor(context, press.actor, `press ${press.action}`)
  if (refusal !== undefined) return refused(refusal)
  const button = entryOf<ButtonHandler>(BUTTONS, press.action)
  if (button === undefined) throw new BotError('no_button', 'This button no longer works.', 'See /health help.')
  const { isOnOwnMessage, shows } = press
  const acted = await withChange(context, press, () => button(context, press))
  const reply = await inPlace(context, { ...press, shows: isOnOwnMessage ? shows : undefined }, acted)
  if (press.isPrivate || reply.kind !== 'card' || reply.audience === 'caller') return reply
  return (await mayBeShared(context, placeOf(press))) ? aside(reply, OTHERS_READ_ALONG) : reply
}

async function submitted(context: Context, submission: Submission): Promise<Outcome<SubmissionReply>> {
  const refusal = await refusalAtDoor(context, submission.actor, `form ${submission.form}`)
  if (refusal !== undefined) return { kind: 'card', card: refusalCard(refusal) }
  const submit = entryOf<FormHandler>(FORMS, submission.form)
  if (submit === undefined) throw new BotError('no_form', 'This form is no longer available.', 'Open it again.')
  const { isFromOwnMessage, shows, origin } = submission
  const reply = await withChange(context, submission, () => submit(context, submission))
  const asked = { ...submission, channel: origin?.channel ?? '', shows: isFromOwnMessage ? shows : undefined }
  return inPlace(context, asked, reply)
}

async function chosen(context: Context, shortcut: Shortcut): Promise<Reply> {
  const refusal = await refusalAtDoor(context, shortcut.actor, `shortcut ${shortcut.name}`)
  if (refusal !== undefined) return refused(refusal)
  const entry = SHORTCUTS.find(({ name }) => name === shortcut.name)
  if (entry === undefined) throw new BotError('no_shortcut', 'This no longer works.', 'See /health help.')
  return entry.choose(context, shortcut)
}

/** Names come from outside: `constructor` is not one. */
function entryOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

function placeOf({ actor: { platform }, channel }: Pick<Request, 'actor' | 'channel'>): Place {
  return { platform, channel }
}

/** Letters are typed on meanwhile: a failure is an empty list. */
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

type Failure = Extract<Reply, { kind: 'card' }>

async function guarded<R>(
  world: Pick<Context, 'log' | 'newId'>,
  act: () => Promise<R>,
  isBegun = () => true,
): Promise<R | Failure> {
  try {
    return await act()
  } catch (error) {
    return { kind: 'card', card: failureCard(world, error, isBegun()), audience: 'caller' }
  }
}
