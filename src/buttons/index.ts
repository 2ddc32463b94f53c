import { compare, explain, pulse, share, show, whatIf } from './account-buttons.ts'
import type { ButtonHandler } from './button-handler.ts'
import { claim } from './claim.ts'

export const BUTTONS: readonly ButtonHandler[] = [claim, show, explain, pulse, share, whatIf, compare]
