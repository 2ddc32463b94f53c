import type { Brief } from '../../domain/briefs/brief.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Part } from '../card.ts'

/** The names of people as its reader knows them, and the reader's time zone. */
export type BriefReader = { readonly timeZone: string; nameOf(email: string): string }

/** One part of the page, with its heading. */
export type Section = (model: Model, brief: Brief, reader: BriefReader) => Part[]
