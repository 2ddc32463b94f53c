import * as z from 'zod'

/** Whose accounts. */
export const OWNER = z
  .string()
  .trim()
  .min(1)
  .max(320)
  .describe('The e-mail or the name of an owner, or "me" for the person who asks.')
