import type { App, Receiver } from '@slack/bolt'
import { acknowledged } from './acknowledged.ts'

/**
 * Bolt acknowledges an event before any listener sees it, so a kill would lose a mention or a direct message. Here its
 * acknowledgement goes nowhere, and listeners find the true one in `context.acknowledge`.
 */
export function holdEvents<R extends Receiver>(receiver: R): R {
  const init = receiver.init.bind(receiver)
  receiver.init = bolt => init(holding(bolt))
  return receiver
}

function holding(bolt: App): App {
  const processEvent: App['processEvent'] = event => {
    if (event.body.type !== 'event_callback') return bolt.processEvent(event)
    return acknowledged(event.ack, acknowledge =>
      bolt.processEvent({
        ...event,
        ack: async () => {},
        customProperties: { ...event.customProperties, acknowledge },
      }),
    )
  }
  // all that a receiver needs of it
  return { processEvent } as App
}
