import type { Instant } from '../time/instant.ts'

/** A version of the model, and since when it scored accounts. */
export type ModelUse = { readonly name: string; readonly version: string; readonly since: Instant }
