/** How long the audit log is, and the hash of its last line. */
export type AuditHead = { readonly lines: number; readonly hash: string }

/** The log as it was read from beginning to end. */
export type AuditCheck = AuditHead & {
  /** What the copy of the head says that is kept elsewhere. */
  readonly head: AuditHead
  /** The first line that does not fit the one before it. */
  readonly brokenLine?: number
  /** Whether the line at which an earlier note ended is still as it was. */
  readonly endsAsKnown?: boolean
}

/** What is wrong with the log; undefined if it is intact. */
export function auditFault({ lines, hash, head, brokenLine, endsAsKnown }: AuditCheck): string | undefined {
  if (brokenLine !== undefined) return `The audit log does not fit together from line ${brokenLine} on.`
  const missing = head.lines - lines
  if (missing > 0) return `The end of the audit log is missing: ${missing} of ${head.lines} lines.`
  if (missing < 0) return `The audit log has ${lines} lines, and Rounds wrote ${head.lines} of them.`
  if (hash !== head.hash) return 'The end of the audit log is not what Rounds wrote.'
  return endsAsKnown === false ? 'The audit log does not hold the line that was named.' : undefined
}
