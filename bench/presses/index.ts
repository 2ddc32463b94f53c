import { takeAnAlert } from './take-an-alert.ts'
import type { PressTask } from './task.ts'
import { whyItFell } from './why-it-fell.ts'

/** What a customer success manager does in a day, in the order of the table. */
export const PRESS_TASKS: readonly PressTask[] = [whyItFell, takeAnAlert]
