/** Why Rounds does not run on this Node, in a sentence; undefined where it does. `asked` is ROUNDS_NODE. */
export function whyNotOn(version: string, asked?: string): string | undefined

/** Ends the process with the sentence where Rounds does not run on it. */
export function requireNode(): void
