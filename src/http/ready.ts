import type { RequestHandler } from 'express'
import type { Clock } from '../clock.ts'
import type { Connection } from '../store/database.ts'
import { platformsAtRest } from '../store/destination-pauses.ts'

export type ReadyContext = {
  readonly connection: Connection
  readonly clock: Clock
  /** The jobs that have not begun anew for too long, by name. */
  readonly jobsStandingStill: () => readonly string[]
}

/**
 * 200 while the database can be read and the jobs go round, 503 with the reasons else. A platform that lets nothing
 * through is named, but nobody is helped by taking the rest away.
 */
export function readyRoute({ connection, clock, jobsStandingStill }: ReadyContext): RequestHandler {
  return async (_request, response) => {
    const broken = jobsStandingStill().map(name => `The job "${name}" stands still; the log says why.`)
    const degraded: string[] = []
    try {
      for (const platform of await platformsAtRest(connection.db, clock())) {
        degraded.push(`${platform} lets nothing through; \`rounds doctor\` says why.`)
      }
    } catch {
      broken.push('The database cannot be read.')
    }
    response.status(broken.length === 0 ? 200 : 503)
    response.json({ ready: broken.length === 0, problems: [...broken, ...degraded] })
  }
}
