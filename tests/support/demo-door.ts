import { openDoor } from '../../src/chat/door/door.ts'
import type { ChatAdapter, Reply, Submission } from '../../src/chat/port.ts'
import type { Context, Runtime } from '../../src/context.ts'
import { loadPortfolio } from '../../src/demo/load-portfolio.ts'
import { demoPortfolio, type Portfolio } from '../../src/demo/portfolio.ts'
import { DAY, dayOf } from '../../src/domain/time/instant.ts'
import { silentLog } from '../../src/log.ts'
import { digestsSchema } from '../../src/model/digests.ts'
import { loadSettings } from '../../src/model/settings.ts'
import type { Card } from '../../src/views/card.ts'
import type { Form } from '../../src/views/form.ts'
import { studyOn } from '../../src/work/outcomes/study.ts'
import { scoringInstant } from '../../src/work/schedule/slots.ts'
import { fillHistory } from '../../src/work/scoring/fill-history.ts'
import { planModel } from '../../src/work/scoring/plan-model.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { migratedDatabase } from './migrated.ts'
import { onTheirDays } from './on-their-days.ts'

const ENDS_ON = '2026-11-01'
const DAYS = 36
const MORNING = digestsSchema.parse({
  digests: [{ name: 'morning', schedule: '0 8 * * *', to: 'teams:cs', show: { arr: true } }],
})

/**
 * The demo's portfolio behind the door, after its last morning: every card of every command is a real one. The one
 * who asks is an admin, if `email` names nobody else, on a platform with nothing but names.
 */
export async function openDemoDoor(
  change: (portfolio: Portfolio) => Portfolio = portfolio => portfolio,
  email = 'ops@example.com',
) {
  const connection = await migratedDatabase()
  await loadPortfolio(connection, change(demoPortfolio({ seed: 1, endsOn: ENDS_ON })))
  const settings = { ...loadSettings(undefined), ...MORNING }
  const instants = Array.from({ length: DAYS }, (_, n) =>
    scoringInstant(settings.routes.scoring, dayOf(Date.parse(ENDS_ON) - (DAYS - 1 - n) * DAY)),
  )
  const morning = instants.at(-1) ?? 0
  let ids = 0
  const newId = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`
  await fillHistory(connection, settings.model, onTheirDays(instants.slice(0, -1)), () => {})
  await scoreAccounts(connection, { model: settings.model, at: morning, newId, accounts: 'all', purpose: 'slot' })

  const platform = 'teams'
  const capabilities = { privateReplies: false, dialogs: true, typeahead: true, charts: true, messageSize: 24_000 }
  const profile = async () => ({ email, standing: 'member' as const })
  const chat = { platform, capabilities, profile, split: (card: Card) => [card], outsiders: async () => [] }
  const context: Context & Runtime = {
    connection,
    instance: 'test',
    clock: () => morning,
    log: silentLog,
    newId,
    settings,
    readSettings: async () => settings,
    platforms: [],
    chats: new Map([[platform, chat as unknown as ChatAdapter]]),
    wakeSender: () => {},
    plan: next => planModel(connection, settings.model, next, morning),
    study: studyOn(connection),
  }
  const door = openDoor(context)
  const common = { actor: { platform, userId: 'edo' }, channel: 'dm', isPrivate: true, canOpenForm: true }
  return {
    context,
    door,
    ask: (text: string) => door.ask({ ...common, text, deliveryId: newId() }),
    press: (action: string, value: string) => door.press({ ...common, action, value, deliveryId: newId() }),
    submit({ id, state }: Form, values: Submission['values']) {
      return door.submit({ actor: common.actor, form: id, state, values, deliveryId: newId() })
    },
    shortcut(name: string, text: string) {
      const message = { channel: 'c', id: '1' }
      return door.shortcut({ ...common, name, text, writtenAt: 0, message, deliveryId: newId() })
    },
    close: () => connection.close(),
  }
}

export type DemoDoor = Awaited<ReturnType<typeof openDemoDoor>>

export function cardOf(reply: Reply): Card {
  if (reply.kind !== 'card') throw new Error(`a ${reply.kind} came, not a card`)
  return reply.card
}

export function formOf(reply: Reply): Form {
  if (reply.kind !== 'form') throw new Error(`a ${reply.kind} came, not a form: ${JSON.stringify(reply).slice(0, 300)}`)
  return reply.form
}
