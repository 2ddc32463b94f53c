import { BRIEF_KINDS, type BriefKind, briefKindOrNone } from './brief-kind.ts'

/** `acme`, `acme handover`, `acme --kind handover`: the name, and the kind; a business review where none is written. */
export function kindInWords(text: string): { readonly name: string; readonly kind: BriefKind } {
  const kinds = BRIEF_KINDS.join('|')
  const found = new RegExp(`^(.*?)\\s*(?:(?:--|—)kind[\\s=]+)?\\b(${kinds})$`, 'isu').exec(text.trim())
  const kind = briefKindOrNone(found?.[2] ?? '')
  const name = found?.[1]?.trim() ?? ''
  return kind === undefined || name === '' ? { name: text.trim(), kind: 'qbr' } : { name, kind }
}
