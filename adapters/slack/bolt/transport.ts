import type { Logger, Receiver } from '@slack/bolt'
import type { WebClientOptions } from '@slack/web-api'
import type { Application } from 'express'
import type { Clock } from '../../../src/clock.ts'
import type { Log } from '../../../src/log.ts'
import type { SlackConfig } from '../config.ts'
import { holdEvents } from './hold-events.ts'
import { createHttpReceiver } from './http-receiver.ts'
import { createSocketReceiver, keepConnected } from './socket-connection.ts'

/** How requests come in. Over HTTP there is nothing to open or close: the server is the service's own. */
export type Transport = {
  readonly receiver: Receiver
  open(): Promise<void>
  close(): Promise<void>
}

type Parts = {
  readonly app: Application
  readonly log: Log
  readonly logger: Logger
  readonly clock: Clock
  readonly clientOptions: WebClientOptions
}

export function createTransport(
  config: SlackConfig['transport'],
  { app, log, logger, clock, clientOptions }: Parts,
): Transport {
  if (config.mode === 'http') {
    const receiver = createHttpReceiver(app, config.signingSecret, log, clock)
    return { receiver: holdEvents(receiver), async open() {}, async close() {} }
  }
  const receiver = createSocketReceiver(config.appToken, clientOptions, logger)
  return { receiver: holdEvents(receiver), ...keepConnected(receiver, log) }
}
