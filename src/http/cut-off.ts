import type { RequestHandler } from 'express'

/** Long enough for a sender that is still sending to read why that is useless. */
const GRACE_PERIOD = 1_000

/**
 * Once a request is answered the rest of its body is read past, so that what is on its way already does not stand
 * before the next request on that connection; a sender who goes on sending is cut off.
 */
export const cutOffUnread: RequestHandler = (request, response, next) => {
  response.once('finish', () => {
    if (request.complete) return
    request.resume()
    setTimeout(() => {
      if (!request.complete) request.socket.destroy()
    }, GRACE_PERIOD).unref()
  })
  next()
}

/** Milliseconds that a whole request may take to arrive. */
const LONGEST_REQUEST = 60_000

/** A request whose body takes too long to arrive is cut off. */
export function cutOffSlow(longest = LONGEST_REQUEST): RequestHandler {
  return (request, response, next) => {
    const timer = setTimeout(() => {
      if (!request.complete) request.socket.destroy()
    }, longest).unref()
    response.once('close', () => clearTimeout(timer))
    next()
  }
}
