import { BotError } from '../../errors.ts'

/** Who follows a look back over many accounts: told how far it is, and able to end it by its id. */
export type Watch = {
  readonly id?: string
  /** Something else comes first. */
  readonly wait?: () => void
  /** How many accounts there are; then after each. */
  readonly begin?: (accounts: number) => void
  readonly advance?: (accounts: number) => void
}

/** What is watched, where the work is done. */
export type Watched = Pick<Watch, 'begin' | 'advance'> & { readonly signal?: AbortSignal }

/** The work under way that may be ended in the middle, by its id. */
export function cancelable() {
  const running = new Map<string, AbortController>()
  return {
    async run<T>({ id, ...watch }: Watch, work: (watched: Watched) => Promise<T>): Promise<T> {
      if (id === undefined) return work(watch)
      const controller = new AbortController()
      running.set(id, controller)
      try {
        return await work({ ...watch, signal: controller.signal })
      } finally {
        running.delete(id)
      }
    },
    /** False where nothing of that id is under way. */
    cancel(id: string): boolean {
      const controller = running.get(id)
      controller?.abort(canceledError())
      return controller !== undefined
    },
  }
}

export function canceledError(): BotError {
  return new BotError('cancelled', 'It was canceled.')
}
