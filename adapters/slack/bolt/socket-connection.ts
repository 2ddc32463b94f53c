import { type Logger, SocketModeReceiver } from '@slack/bolt'
import type { WebClientOptions } from '@slack/web-api'
import type { Log } from '../../../src/log.ts'
import { asDeliveryError, faultOf } from '../outbound/errors.ts'

const LONGEST_WAIT = 30_000
const GOODBYE = 2_000

/** `autoReconnectEnabled` is off: Bolt's own reconnection ends in an unhandled rejection when Slack is not there. */
export function createSocketReceiver(
  appToken: string,
  clientOptions: WebClientOptions,
  logger: Logger,
): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions },
    customPropertiesExtractor: ({ envelope_id }: { readonly envelope_id?: string }) => ({ carrier: envelope_id }),
  })
}

type Connection = { open(): Promise<void>; close(): Promise<void> }

/** Keeps one web socket open until `close`. `open` fails only for a refused token; any other problem may go away. */
export function keepConnected({ client }: SocketModeReceiver, log: Log): Connection {
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
      await Promise.race([client.disconnect(), timeLimit()])
    },
  }
}

/** The other side may never close; this does not wait for it. */
function timeLimit(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, GOODBYE).unref())
}
