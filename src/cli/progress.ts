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
