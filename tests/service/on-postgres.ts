import { randomBytes } from 'node:crypto'
import { createToken } from '../../src/store/people/tokens.ts'
import { type Channel, startFakeSlack } from '../support/fake-slack/index.ts'
import type { RoundsService } from './rounds-process.ts'
import { openServerPlace } from './server-place.ts'

const SCOPES = ['signals:write', 'accounts:write', 'people:write'] as const

type Answer = {
  readonly status: number
  readonly error?: string
  readonly added?: number
  readonly unchanged?: number
}

/** A database of a server, a workspace with one channel and one person, and a place for services that know both. */
export async function openStage(files: (room: Channel) => Record<string, string> = () => ({})) {
  const slack = await startFakeSlack()
  const room = slack.addChannel('cs')
  const dana = slack.addUser('Dana')
  const { place, connection, close } = await openServerPlace(files(room))
  Object.assign(place.env, slack.env('http'))
  const { token } = await createToken(connection.db, { name: 'test', scopes: SCOPES, now: 0, randomBytes })
  return {
    slack,
    room,
    dana,
    place,
    connection,
    /** Starts a service, the one that Slack asks from now on. */
    async serve(): Promise<RoundsService> {
      const service = await place.serve()
      slack.botAt(service.url)
      return service
    },
    /** Sends rows as a program does. */
    async post({ url }: RoundsService, path: string, rows: readonly object[], key?: string): Promise<Answer> {
      const headers: Record<string, string> = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
      if (key !== undefined) headers['Idempotency-Key'] = key
      const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(rows) })
      return { ...(Object(await answer.json()) as object), status: answer.status }
    },
    async close() {
      await close()
      await slack.stop()
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>
