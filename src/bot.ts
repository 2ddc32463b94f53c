import { BUTTONS } from './buttons/index.ts'
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
} from './chat.ts'
import { understand } from './commands/understand.ts'
import type { Context } from './context.ts'
import type { Refusal } from './domain/admission.ts'
import { BotError } from './errors.ts'
import { failureCard } from './failure-card.ts'
import { FORMS } from './forms/index.ts'
import { recordRefusal, refusalAtDoor } from './operations/admit.ts'
import { aside, canBeAlone, sendAside, sendMasked } from './operations/keep-private.ts'
import { noteUse } from './operations/note-use.ts'
import { mayBeShared } from './operations/shared-places.ts'
import { suggestAccounts } from './operations/suggest-accounts.ts'
import { suggestPeople } from './operations/suggest-people.ts'
import { welcome } from './operations/welcome.ts'
import { withChange } from './operations/with-change.ts'
import { SHORTCUTS } from './shortcuts/index.ts'
import { type Arrived, isFirstDelivery, markHandled, noteArrival } from './store/deliveries.ts'
import type { Destination } from './store/outbox.ts'
import { noticeCard } from './views/answer-cards.ts'
import { personOption } from './views/person-field.ts'
import { OTHERS_READ_ALONG, refusalCard } from './views/refusal-card.ts'

/** The one inbound door: lets in who may ask, finds who handles it, and turns any failure into a reply to the asker. */
export function openDoor(context: Context): Door {
  return {
    ask: (request, acknowledge) => arrived(context, { kind: 'ask', request }, () => ask(context, request), acknowledge),
    press: (request, acknowledge) =>
      arrived(context, { kind: 'press', request }, () => press(context, request), acknowledge),
    shortcut: (request, acknowledge) =>
      arrived(context, { kind: 'shortcut', request }, () => chosen(context, request), acknowledge),
    suggest: query => suggested(context, query),
    turnedAway: stranger => turnedAway(context, stranger),
    welcome: arrival => guarded(context, () => arrivedOnce(context, arrival)),
    submit: async request => {
      const reply = await arrived(context, { kind: 'submit', request }, () => submitted(context, request))
      return reply.kind === 'nothing' ? SUBMITTED_BEFORE : reply
    },
  }
}

/** Does what came in before a restart, and was not done. */
export function handleArrival(context: Context, { kind, request }: Arrived): Promise<Reply | SubmissionReply> {
  return guarded<Reply | SubmissionReply>(context, () => {
    switch (kind) {
      case 'ask':
        return ask(context, request)
      case 'press':
        return press(context, request)
      case 'shortcut':
        return chosen(context, request)
      case 'submit':
        return submitted(context, request)
    }
  })
}

const SUBMITTED_BEFORE: SubmissionReply = {
  kind: 'card',
  card: noticeCard('Done already', 'This form was sent before, and nothing was done twice.'),
}

/** Platforms deliver again what they think got lost, and anybody may send again what they overheard: it is done once. */
function arrived<R extends Reply | SubmissionReply>(
  context: Context,
  arrived: Arrived,
  act: () => Promise<R>,
  acknowledge: Acknowledge = async () => {},
): Promise<R | Nothing | Failure> {
  const { connection, clock, log } = context
  const { deliveryId } = arrived.request
  return guarded(context, async () => {
    let isFirst: boolean
    try {
      isFirst = await noteArrival(connection.db, arrived, clock())
    } finally {
      await acknowledge()
    }
    if (!isFirst) return { kind: 'nothing' }
    try {
      return await act()
    } finally {
      await markHandled(connection.db, deliveryId).catch(error => log.error({ err: error }, 'not noted as done'))
    }
  })
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
    await noteUse(context, request.actor)
    return answered(context, request)
  })
  return sendAside(context, request, reply)
}

/** What is personal, or asked where others read along, is for the one who asked alone. */
async function answered(context: Context, request: Request): Promise<Reply> {
  const { command, rest, isPersonal } = await understand(context, request.text)
  const whole = () => command(context, { ...request, isPrivate: true }, rest)
  if (request.isPrivate) return whole()
  if (isPersonal) return aside(await whole())
  if (request.isShared || (await mayBeShared(context, placeOf(request)))) return aside(await whole(), OTHERS_READ_ALONG)
  return sendMasked(context, request, await command(context, request, rest), whole)
}

/** Bots are not talked to, lest they talk back for ever. */
function refused(refusal: Refusal, audience: 'caller' | 'channel' = 'caller'): Reply {
  return refusal === 'bot' ? { kind: 'nothing' } : { kind: 'card', card: refusalCard(refusal), audience }
}

async function press(context: Context, press: Press): Promise<Outcome<Reply>> {
  const refusal = await refusalAtDoor(context, press.actor, `press ${press.action}`)
  if (refusal !== undefined) return refused(refusal)
  const button = BUTTONS.find(({ action }) => action === press.action)
  if (button === undefined) throw new BotError('no_button', 'This button does nothing any more.', 'See /health help.')
  const reply = await withChange(context, press, () => button.press(context, press))
  if (press.isPrivate || reply.kind !== 'card' || reply.audience === 'caller') return reply
  return (await mayBeShared(context, placeOf(press))) ? aside(reply, OTHERS_READ_ALONG) : reply
}

async function submitted(context: Context, submission: Submission): Promise<Outcome<SubmissionReply>> {
  const refusal = await refusalAtDoor(context, submission.actor, `form ${submission.form}`)
  if (refusal !== undefined) return { kind: 'card', card: refusalCard(refusal) }
  const form = FORMS.find(({ id }) => id === submission.form)
  if (form === undefined) throw new BotError('no_form', 'This form is not known any more.', 'Open it again.')
  return withChange(context, submission, () => form.submit(context, submission))
}

async function chosen(context: Context, shortcut: Shortcut): Promise<Reply> {
  const refusal = await refusalAtDoor(context, shortcut.actor, `shortcut ${shortcut.name}`)
  if (refusal !== undefined) return refused(refusal)
  const entry = SHORTCUTS.find(({ name }) => name === shortcut.name)
  if (entry === undefined) throw new BotError('no_shortcut', 'This does nothing any more.', 'See /health help.')
  return entry.choose(context, shortcut)
}

function placeOf({ actor: { platform }, channel }: Pick<Request, 'actor' | 'channel'>): Destination {
  return { platform, to: channel }
}

/** Letters are typed on meanwhile: a failure is an empty list. */
async function suggested(context: Context, { actor, kind, text }: Query): Promise<Suggestions> {
  const { connection, clock, log } = context
  try {
    const refusal = await refusalAtDoor(context, actor, `search ${kind}`)
    if (refusal !== undefined) return { options: [], refusal: refusalCard(refusal) }
    if (kind === 'person') return { options: (await suggestPeople(context, text)).map(personOption) }
    const accounts = await suggestAccounts(connection, text, clock())
    return { options: accounts.map(({ id, name }) => ({ value: id, label: id === name ? name : `${name} (${id})` })) }
  } catch (error) {
    log.error({ err: error }, 'nothing to suggest')
    return { options: [] }
  }
}

async function turnedAway(context: Context, { actor, knock, deliveryId }: Stranger): Promise<void> {
  const { connection, clock, log } = context
  try {
    if (!(await isFirstDelivery(connection.db, deliveryId, clock()))) return
    await recordRefusal(context, actor, { knock, refusal: 'outsider' })
  } catch (error) {
    log.error({ err: error }, 'a refusal was not noted')
  }
}

type Nothing = Extract<Reply, { kind: 'nothing' }>
type Failure = Extract<Reply, { kind: 'card' }>

async function guarded<R>(context: Context, act: () => Promise<R>): Promise<R | Failure> {
  try {
    return await act()
  } catch (error) {
    return { kind: 'card', card: failureCard(context, error), audience: 'caller' }
  }
}
