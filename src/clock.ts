/** Reads the time: epoch milliseconds, UTC. Tests pass a frozen one. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()
