import type { Application } from 'express'
import type { AddressBook, Capabilities, ChatAdapter, Door } from '../../src/chat.ts'
import { type Clock, systemClock } from '../../src/clock.ts'
import type { Log } from '../../src/log.ts'
import type { TeamsConfig } from './config.ts'
import { deliveryOf } from './connector/activity.ts'
import { createAddresses } from './connector/addresses.ts'
import { createRepeats } from './connector/repeats.ts'
import { createRoster } from './connector/roster.ts'
import { mountRoute } from './connector/route.ts'
import type { Desk } from './desk.ts'
import { LIMITS } from './limits.ts'
import { listen, refuseStranger } from './listeners.ts'
import { postCard, updateCard } from './messages.ts'
import { probe } from './probe.ts'
import { splitCard } from './split-card.ts'
import { createTransport } from './transport.ts'

export type TeamsParts = {
  readonly config: TeamsConfig
  readonly door: Door
  /** The service's Express application, before any body parser. */
  readonly app: Application
  readonly log: Log
  readonly clock?: Clock
  readonly addresses: AddressBook
}

/** Bytes of a card's JSON. */
export function capabilitiesOf({ hasDialogs }: TeamsConfig): Capabilities {
  return { privateReplies: false, dialogs: hasDialogs, typeahead: hasDialogs, charts: true, messageSize: LIMITS.card }
}

export function createTeams({ config, door, app, log, clock = systemClock, addresses: book }: TeamsParts): ChatAdapter {
  const transport = createTransport(config)
  const addresses = createAddresses(book, config)
  const roster = createRoster({ transport, addresses, clock })
  const desk: Desk = { transport, addresses, roster, door, log, dialogs: config.hasDialogs }
  const handle = listen(desk, clock)
  const repeats = createRepeats(clock)
  const running = new Set<Promise<unknown>>()

  mountRoute(app, {
    config,
    transport,
    log,
    running,
    refuseStranger: activity => refuseStranger(desk, activity),
    async receive(activity) {
      await addresses.keep(activity)
      if (activity.type !== 'invoke') return handle(activity)
      return repeats.answer(deliveryOf(activity), () => handle(activity))
    },
  })

  return {
    platform: 'teams',
    capabilities: capabilitiesOf(config),
    split: splitCard,
    post: (to, card, how) => postCard(desk, to, card, how),
    probe: to => probe(desk, to),
    update: (message, card) => updateCard(desk, message, card),
    profile: userId => roster.profile(userId),
    // the server is the service's own, and no connection is kept
    async start() {},
    async stop() {
      await Promise.allSettled(running)
    },
  }
}
