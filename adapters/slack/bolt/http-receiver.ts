import { ExpressReceiver, type Logger } from '@slack/bolt'
import type { Application, NextFunction, Request, Response } from 'express'
import type { Clock } from '../../../src/clock.ts'

const PATH = '/slack/events'
const FIVE_MINUTES = 300

/**
 * Bolt on the service's own Express application. It reads and verifies the raw body itself, so it has to be mounted
 * before anything that parses bodies.
 */
export function createHttpReceiver(
  app: Application,
  signingSecret: string,
  logger: Logger,
  clock: Clock,
): ExpressReceiver {
  app.post(PATH, (request, response, next) => refuseOddStamps(request, response, next, clock))
  return new ExpressReceiver({
    app,
    signingSecret,
    logger,
    endpoints: PATH,
    bodyLimit: 1024 * 1024,
    // the person who sends it again sends the same signature
    customPropertiesExtractor: request => ({ carrier: request.get('x-slack-signature') }),
  })
}

/** Bolt accepts times to come, and answers 400 to a signature it cannot read: both are 401 here. */
function refuseOddStamps(request: Request, response: Response, next: NextFunction, clock: Clock): void {
  const stamp = request.get('x-slack-request-timestamp') ?? ''
  const isSigned = /^v0=[0-9a-f]{64}$/.test(request.get('x-slack-signature') ?? '')
  const isNow = /^\d{1,12}$/.test(stamp) && Math.abs(clock() / 1000 - Number(stamp)) <= FIVE_MINUTES
  if (isSigned && isNow) next()
  else response.status(401).end()
}
