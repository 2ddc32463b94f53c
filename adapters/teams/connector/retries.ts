import { asDeliveryError, mayPass } from '../outbound/errors.ts'

/** Milliseconds before each new try, less up to half of it by chance, so that many who wait do not come at once. */
const PAUSES = [400, 1_200, 3_000]

/** The longest wait before one try. */
const LONGEST_PAUSE = 5_000

/** For answers that somebody is waiting for: retries a passing failure, when Teams says so or a little later. */
export async function withRetries<T>(send: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES) {
    try {
      return await send()
    } catch (error) {
      const fault = asDeliveryError(error)
      const wait = fault.retryAfter === undefined ? pause * (0.5 + Math.random() / 2) : jittered(fault.retryAfter)
      if (!mayPass(fault) || wait > LONGEST_PAUSE) throw error
      await new Promise(resolve => setTimeout(resolve, wait))
    }
  }
  return send()
}

/** Never earlier than Teams said. */
function jittered(retryAfter: number): number {
  return retryAfter + Math.random() * 200
}
