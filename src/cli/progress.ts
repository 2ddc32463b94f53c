import { Presets, SingleBar } from 'cli-progress'
import type { Shell } from './shell.ts'

export type Progress = { advance(by: number): void; stop(): void }

/** A bar on stderr, drawn only where somebody watches. */
export function progressBar({ isWatched }: Shell, label: string, total: number, unit: string): Progress {
  if (!isWatched) return { advance() {}, stop() {} }
  const format = `${label} {bar} {percentage} % | {value} of {total} ${unit}`
  const bar = new SingleBar({ format, hideCursor: true, stream: process.stderr }, Presets.shades_classic)
  bar.start(total, 0)
  return { advance: by => bar.increment(by), stop: () => bar.stop() }
}

/** Work in steps with a progress bar, which is removed however the work ends. */
export async function withProgress<T>(
  shell: Shell,
  label: string,
  total: number,
  unit: string,
  work: (advance: () => void) => Promise<T>,
): Promise<T> {
  const bar = progressBar(shell, label, total, unit)
  try {
    return await work(() => bar.advance(1))
  } finally {
    bar.stop()
  }
}
