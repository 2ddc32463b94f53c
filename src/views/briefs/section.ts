import type { Brief } from '../../domain/briefs/brief.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Part } from '../card.ts'

/** How its reader calls people, and by which clock they read days. */
export type BriefReader = { readonly timeZone: string; nameOf(email: string): string }

/** One part of the page, with its heading. */
export type Section = (model: Model, brief: Brief, reader: BriefReader) => Part[]
