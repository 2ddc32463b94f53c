import type { Press, Reply } from '../chat.ts'
import type { Context } from '../context.ts'

/** One button: what pressing it does. */
export type ButtonHandler = { readonly action: string; press(context: Context, press: Press): Promise<Reply> }
