import type { WebClientOptions } from '@slack/web-api'
import type { Application } from 'express'
import type { Clock } from '../../../src/clock.ts'
import type { Log } from '../../../src/log.ts'
import type { SlackConfig } from '../config.ts'
import { hearOverHttp } from './over-http.ts'
import type { Connection } from './over-socket.ts'
import type { Hear } from './sent.ts'

type Parts = {
  readonly app: Application
  readonly log: Log
  readonly clock: Clock
  readonly clientOptions: WebClientOptions
}

/** How requests come in. Over HTTP there is nothing to open or close: the server is the service's own. */
export function createWay(way: SlackConfig['way'], hear: Hear, { app, log, clock, clientOptions }: Parts): Connection {
  if (way.mode === 'http') {
    hearOverHttp(hear, { app, signingSecret: way.signingSecret, log, clock })
    return { async open() {}, async close() {} }
  }
  let connection: Connection | undefined
  return {
    async open() {
      // Over HTTP its library is never loaded.
      const { keepConnected } = await import('./over-socket.ts')
      connection = keepConnected(hear, { appToken: way.appToken, clientOptions, log })
      await connection.open()
    },
    close: async () => connection?.close(),
  }
}
