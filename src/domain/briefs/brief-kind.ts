/** What a brief is prepared for: a business review, a new owner, a customer who complained. */
export const BRIEF_KINDS = ['qbr', 'handover', 'escalation'] as const
export type BriefKind = (typeof BRIEF_KINDS)[number]

/** How many days back it looks: a quarter, half a year, the month in which it went wrong. */
export const BRIEF_DAYS: Readonly<Record<BriefKind, number>> = { qbr: 90, handover: 180, escalation: 30 }

export function briefKindOrNone(text: string): BriefKind | undefined {
  const word = text.trim().toLowerCase()
  return BRIEF_KINDS.find(kind => kind === word)
}
