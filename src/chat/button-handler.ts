import type { Context } from '../context.ts'
import type { Press, Reply } from './port.ts'

/** What pressing a button does. */
export type ButtonHandler = (context: Context, press: Press) => Promise<Reply>
