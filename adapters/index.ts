import type { Platform } from '../src/chat/platform.ts'
import { slack } from './slack/platform.ts'
import { teams } from './teams/platform.ts'

export { mountAssistants } from './assistants/mount.ts'

/** The chat platforms, each a folder and a line here; of those that are on, the first is preferred for direct messages. */
export const platforms: readonly Platform[] = [slack, teams]
