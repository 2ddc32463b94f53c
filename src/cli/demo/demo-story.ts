import { loadPortfolio } from '../../demo/load-portfolio.ts'
import { DEMO_DAYS, demoInstants, liveUntilTheEve } from '../../demo/made-up-past.ts'
import { demoPortfolio } from '../../demo/portfolio.ts'
import type { Day, Instant } from '../../domain/time/instant.ts'
import type { Digest } from '../../model/digests.ts'
import type { Settings } from '../../model/settings.ts'
import { markDemo, markDemoBegun } from '../../store/demo/demo-mark.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { withProgress } from '../progress.ts'
import type { Shell } from '../shell.ts'

/** All that has happened by the eve of the last morning. */
export type Story = {
  readonly connection: Connection
  readonly settings: Settings
  readonly digest: Digest
  readonly db: string
  readonly endsOn: Day
  readonly morning: Instant
  /** To fall back on when the morning has no news. */
  readonly anyAccount: string
}

type Beginning = { readonly preset: string; readonly seed: number; readonly db: string; readonly endsOn: Day }

/** Loads, and scores day by day in silence. */
export async function liveThrough(
  shell: Shell,
  connection: Connection,
  settings: Settings,
  { preset, seed, db, endsOn }: Beginning,
): Promise<Story> {
  const [digest] = settings.digests
  if (digest === undefined) throw new Error('the demo has a digest')
  const portfolio = demoPortfolio({ seed, endsOn, preset })
  await markDemoBegun(connection.db)
  await loadPortfolio(connection, portfolio)
  const { accounts, signals } = portfolio
  shell.print(
    `Loaded ${accounts.length} accounts with ${signals.length.toLocaleString('en-US')} signals of ${DEMO_DAYS} days.`,
  )
  const instants = demoInstants(settings, endsOn)
  await withProgress(shell, `Scoring ${DEMO_DAYS} days`, accounts.length, 'accounts', advance =>
    liveUntilTheEve(connection, settings, { instants, digest, advance }),
  )
  await markDemo(connection.db)
  return { connection, settings, digest, db, endsOn, morning: instants.at(-1) ?? 0, anyAccount: accounts[0]?.id ?? '' }
}
