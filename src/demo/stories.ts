import { FALLING } from './saas/falling.ts'
import { MOVED } from './saas/moved.ts'
import { NEWLY_AT_RISK } from './saas/newly-at-risk.ts'
import { STANDING } from './saas/standing.ts'
import { TURNED } from './saas/turned.ts'
import type { Story } from './story.ts'

/** Every story, each once, for the demo and for the tests. */
export const STORIES: readonly Story[] = [...NEWLY_AT_RISK, ...TURNED, ...FALLING, ...MOVED, ...STANDING]
