import { findWhatIsMine } from './find-what-is-mine.ts'
import { rateAccounts } from './rate-accounts.ts'
import { setUpADigest } from './set-up-a-digest.ts'
import { takeAnAlert } from './take-an-alert.ts'
import type { PressTask } from './task.ts'
import { whyItFell } from './why-it-fell.ts'

/** What a customer success manager does in a day, in the order of the table. */
export const PRESS_TASKS: readonly PressTask[] = [whyItFell, rateAccounts, takeAnAlert, setUpADigest, findWhatIsMine]
