import { describe } from 'vitest'
import { describeDelivery } from './adapter-spec-delivery.ts'
import { describeDoor } from './adapter-spec-door.ts'
import { describeTalk } from './adapter-spec-talk.ts'
import type { ChatDriver } from './chat-driver.ts'
import { createStage, type Stage } from './contract-world.ts'
import { createWorld, type World } from './world.ts'

/** What every chat adapter must do, tried on the whole service over HTTP against the platform's fake. */
export function describeAdapter(platform: 'slack' | 'teams', drive: (world: World) => ChatDriver): void {
  const open = async (): Promise<Stage> => {
    const world = await createWorld({ now: '2026-11-01T05:00', platforms: [platform] })
    return createStage(world, drive(world))
  }
  describe(`${platform}: talking`, () => describeTalk(open))
  describe(`${platform}: letting in`, () => describeDoor(open))
  describe(`${platform}: delivering`, () => describeDelivery(open))
}
