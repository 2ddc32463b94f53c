import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Dice } from '../dice.ts'
import type { Story } from '../stories/story.ts'
import { OWNERS } from './people.ts'

type Size = { readonly seats: Range; readonly pricePerSeat: Range; readonly plan: string }
type Range = readonly [low: number, high: number]

const SIZES: Readonly<Record<string, Size>> = {
  startup: { seats: [8, 18], pricePerSeat: [300, 500], plan: 'starter' },
  smb: { seats: [24, 60], pricePerSeat: [400, 700], plan: 'pro' },
  mid: { seats: [70, 150], pricePerSeat: [500, 900], plan: 'pro' },
  enterprise: { seats: [190, 420], pricePerSeat: [700, 1200], plan: 'enterprise' },
}

export function sizeOf(segment: string): Size {
  return SIZES[segment] ?? { seats: [24, 60], pricePerSeat: [400, 700], plan: 'pro' }
}

/** What a CRM would know of an account besides its signals. */
export function businessOf({ segment, renewsIn }: Story, dice: Dice, morning: Instant): Record<string, string> {
  const { seats, pricePerSeat, plan } = sizeOf(segment)
  const renewal = renewsIn ?? dice.whole(12, 350)
  const arr = Math.round((dice.between(...seats) * dice.between(...pricePerSeat)) / 100) * 100
  return {
    owner: dice.pick(OWNERS),
    arr: String(arr),
    plan,
    lifecycle: 'customer',
    renewal_on: dayOf(morning + renewal * DAY),
    created_on: dayOf(morning - dice.whole(200, 1600) * DAY),
  }
}
