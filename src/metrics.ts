import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ChatAdapter } from './chat/port.ts'
import type { Clock } from './clock.ts'
import { DeliveryError } from './errors.ts'
import { readServiceCounts, type SourceCount } from './store/admin/service-counts.ts'
import { countInstances } from './store/claims/instances.ts'
import type { Connection } from './store/engine/engine.ts'
import type { Scorer } from './work/scoring/score-job.ts'

/** Nothing in these states is late. */
const AT_REST: readonly string[] = ['sent', 'dead', 'held', 'resting', 'told']

export type Metrics = {
  /** The same adapter, counting the outcome of each message. */
  counted(chat: ChatAdapter): ChatAdapter
  /** The same scorer, measuring how long it takes. */
  timed(score: Scorer): Scorer
  /** Everything as Prometheus reads it. */
  text(): Promise<string>
  readonly contentType: string
}

/** A source name that may be a label: not an address, and not a person's name. */
const LABEL = /^[\w.:-]{1,40}$/
const MOST_SOURCES = 50

/** Counts and times of one service. Their labels name no account and no person. */
export function createMetrics(connection: Connection, clock: Clock): Metrics {
  const ofProcess = watchProcess()
  const registry = new Registry()
  const registers = [registry]
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers })
  const accounts = gauge('rounds_accounts', 'Accounts, by the verdict that people see.', 'band')
  const messages = gauge('rounds_outbox_messages', 'Messages in the outbox.', 'platform', 'state')
  const oldest = gauge('rounds_outbox_oldest_seconds', 'Age of the oldest message.', 'platform', 'state')
  const lag = gauge('rounds_schedule_lag_seconds', 'How long a schedule has been due without a run.', 'schedule')
  const instances = gauge(
    'rounds_instances',
    'Services that are up on the database; the same number from each of them.',
  )
  const signals = new Counter({
    name: 'rounds_signals_total',
    help: 'Signals that came in, by source; rejected ones by the door they came to.',
    labelNames: ['source', 'outcome'],
    registers,
  })
  const deliveries = new Counter({
    name: 'rounds_deliveries_total',
    help: 'Attempts to post or update a message since the start, by outcome.',
    labelNames: ['platform', 'act', 'result'],
    registers,
  })
  const scoring = new Histogram({
    name: 'rounds_scoring_seconds',
    help: 'How long a scoring took: of the slot, or of accounts with news.',
    labelNames: ['purpose'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300],
    registers,
  })

  async function refresh(): Promise<void> {
    const counts = await readServiceCounts(connection.db, clock())
    for (const metric of [accounts, messages, oldest, lag, signals]) metric.reset()
    instances.set(connection.engine.isShared ? await countInstances(connection.db) : 1)
    for (const { band, count } of counts.accounts) accounts.set({ band }, count)
    for (const { schedule, lag: late } of counts.schedules) lag.set({ schedule }, late / 1_000)
    for (const { platform, state, count, age } of counts.outbox) {
      messages.set({ platform, state }, count)
      if (!AT_REST.includes(state)) oldest.set({ platform, state }, age / 1_000)
    }
    for (const { source, received, rejected } of labelled(counts.sources)) {
      signals.inc({ source, outcome: 'received' }, received)
      signals.inc({ source, outcome: 'rejected' }, rejected)
    }
  }

  return {
    counted: chat => countedChat(chat, (act, result) => deliveries.inc({ platform: chat.platform, act, result })),
    timed: score => async run => {
      const end = scoring.startTimer({ purpose: run.purpose })
      try {
        return await score(run)
      } finally {
        end()
      }
    },
    text: async () => {
      await refresh()
      return Registry.merge([ofProcess, registry]).metrics()
    },
    contentType: registry.contentType,
  }
}

/** Milliseconds between two looks at the event loop. The library's default of 10 costs an idle service 1 % of a core. */
const PRECISION = 50

let watched: Registry | undefined

/** Memory, CPU and event loop of the process: watched only once, since the library never stops watching. */
function watchProcess(): Registry {
  if (watched === undefined) {
    watched = new Registry()
    collectDefaultMetrics({ register: watched, eventLoopMonitoringPrecision: PRECISION })
  }
  return watched
}

function labelled(sources: readonly SourceCount[]): SourceCount[] {
  return sources.map(({ source, ...counts }, at) => ({
    ...counts,
    source: at < MOST_SOURCES && LABEL.test(source) ? source : 'other',
  }))
}

function countedChat(chat: ChatAdapter, count: (act: 'post' | 'update', result: string) => void): ChatAdapter {
  const counting = async <T>(act: 'post' | 'update', work: Promise<T>): Promise<T> => {
    try {
      const done = await work
      count(act, 'sent')
      return done
    } catch (error) {
      count(act, error instanceof DeliveryError ? error.fault : 'unknown')
      throw error
    }
  }
  return {
    ...chat,
    post: (to, card, options) => counting('post', chat.post(to, card, options)),
    update: (message, card) => counting('update', chat.update(message, card)),
  }
}
