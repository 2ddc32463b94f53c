import type { Context } from '../context.ts'
import type { Press, Reply } from './port.ts'

/** One button: what pressing it does. */
export type ButtonHandler = { readonly action: string; press(context: Context, press: Press): Promise<Reply> }
