import * as z from 'zod'

/** Which account: by what people call it. */
export const ACCOUNT = z
  .string()
  .trim()
  .min(1, 'Name an account')
  .max(300, 'That is too long to be a name')
  .describe('The name or the id of an account. If several fit, the answer names them.')
