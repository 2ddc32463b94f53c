import { progressBar } from '../progress.ts'
import type { Shell } from '../shell.ts'

/** A bar over the accounts, whose number is known only once the outcomes are read. */
export async function withAccounts<T>(
  shell: Shell,
  work: (progress: { begin(accounts: number): void; advance(accounts: number): void }) => Promise<T>,
): Promise<T> {
  let bar: ReturnType<typeof progressBar> | undefined
  try {
    return await work({
      begin: accounts => {
        bar = progressBar(shell, 'Looking back', accounts, 'accounts')
      },
      advance: accounts => bar?.advance(accounts),
    })
  } finally {
    bar?.stop()
  }
}
