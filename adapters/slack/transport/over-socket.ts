import { SocketModeClient } from '@slack/socket-mode'
import type { WebClientOptions } from '@slack/web-api'
import type { Log } from '../../../src/log.ts'
import { asDeliveryError, faultOf } from '../outbound/errors.ts'
import type { Body, Hear } from './sent.ts'

const LONGEST_WAIT = 30_000
const GOODBYE = 2_000

type Envelope = { readonly body: Body; readonly envelope_id: string; ack(answer?: object): Promise<void> }

export type Connection = { open(): Promise<void>; close(): Promise<void> }

type Parts = { readonly appToken: string; readonly clientOptions: WebClientOptions; readonly log: Log }

/**
 * Keeps one web socket open until `close`. `open` fails only for a refused token; everything else may pass. The library's
 * own reconnection is off: it ends in an unhandled rejection when Slack is not there.
 */
export function keepConnected(hear: Hear, { appToken, clientOptions, log }: Parts): Connection {
  const { logger, ...others } = clientOptions
  const client = new SocketModeClient({
    ...{ appToken, autoReconnectEnabled: false, clientOptions: others },
    ...(logger !== undefined && { logger }),
  })
  client.on('slack_event', ({ body, envelope_id, ack }: Envelope) => hear({ body, carrier: envelope_id, ack }))
  let isWanted = false
  let isConnecting = false
  let failures = 0
  let timer: NodeJS.Timeout | undefined

  const connect = async (): Promise<void> => {
    isConnecting = true
    try {
      await client.start()
      failures = 0
    } finally {
      isConnecting = false
    }
  }
  const connectLater = (): void => {
    if (!isWanted || isConnecting || timer !== undefined) return
    // at once after a connection: Slack renews them every few hours
    const wait = Math.min(LONGEST_WAIT, failures * 500 * 2 ** failures)
    failures += 1
    timer = setTimeout(() => {
      timer = undefined
      connect().catch(failed)
    }, wait)
  }
  const failed = (error: unknown): void => {
    log.warn(faultOf(error), 'slack socket not connected')
    connectLater()
  }

  client.on('disconnected', connectLater)
  return {
    async open() {
      isWanted = true
      await connect().catch(error => {
        const { fault } = asDeliveryError(error)
        if (fault === 'platform') throw asDeliveryError(error)
        failed(error)
      })
    },
    async close() {
      isWanted = false
      clearTimeout(timer)
      await Promise.race([client.disconnect(), patience()])
    },
  }
}

/** The other side may never say goodbye; that is no reason to stay. */
function patience(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, GOODBYE).unref())
}
