import type { Platform } from '../../src/chat/platform.ts'
import { readPlatform } from '../read-platform.ts'
import { readSlackConfig } from './config.ts'
import { isLockedOut } from './outbound/errors.ts'
import { remedyFor } from './outbound/remedy-for.ts'
import { withoutMarkup } from './without-markup.ts'

/** Bolt alone takes a third of a second to load. */
export const slack: Platform = {
  name: 'slack',
  read: readPlatform(readSlackConfig, async () => (await import('./index.ts')).createSlack),
  placeholder: /C0123456789|(?:xox[bp]|xapp)-(?:\.\.\.|…|your)/i,
  withoutMarkup,
  isLockedOut,
  remedyFor,
}
