import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { CLOSED_DOOR } from '../../src/chat/door/closed-door.ts'
import type { AddressBook, ChatAdapter } from '../../src/chat/port.ts'
import { deliverPending } from '../../src/delivery/deliver.ts'
import type { MessageKey } from '../../src/domain/delivery/subject.ts'
import { silentLog } from '../../src/log.ts'
import { chosenPlatforms, platforms } from '../../src/platforms.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import { voidServiceClaims } from '../../src/store/claims/instances.ts'
import { giveUpReplies } from '../../src/store/delivery/message-outcomes.ts'
import { addMessage, changeMessagesNaming, type NewMessage } from '../../src/store/delivery/outbox.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import type { Card } from '../../src/views/card.ts'
import { noticeCard } from '../../src/views/parts/answer-cards.ts'
import { type Channel, startFakeSlack } from '../support/fake-slack/index.ts'
import { placeMigrated } from '../support/migrated.ts'
import { named } from '../support/named-message.ts'
import { at } from '../support/world.ts'

/** The outbox of a real database, the real Slack adapter, a fake Slack over HTTP, and a clock that stands. */
export async function openWorkspace() {
  const slack = await startFakeSlack()
  const folder = mkdtempSync(join(tmpdir(), 'rounds-outbox-'))
  const url = `sqlite:${join(folder, 'rounds.db')}`
  const chat = await adapter(slack.env('http'))
  let connection = await open(url)
  let now = at('2026-11-02T09:00')
  let onceAnswered = () => {}
  const posting: ChatAdapter = {
    ...chat,
    post: async (...words) => {
      const posted = await chat.post(...words)
      onceAnswered()
      return posted
    },
  }
  const chats = new Map([['slack', posting]])

  const deliver = (holder = 'service:1') =>
    deliverPending({ connection, platforms, clock: () => now, chats, log: silentLog }, holder)

  return {
    slack,
    deliver,
    get db() {
      return connection.db
    },
    /** Another process writes for so long, from the moment on at which Slack has answered a post. */
    isBusyOnceAnswered(milliseconds: number) {
      const other = openDatabase(url)
      onceAnswered = () => {
        onceAnswered = () => {}
        bareOf(other).exec('begin immediate')
        setTimeout(() => bareOf(other).close(), milliseconds)
      }
    },
    /** From the moment on at which Slack has answered a post there is no room for what came of it. */
    isFullOnceAnswered() {
      onceAnswered = () => {
        onceAnswered = () => {}
        bareOf(connection).exec(`create table junk (junk blob); create trigger writes_more after update on outbox
          begin insert into junk values (zeroblob(1000000)); end`)
        const pages = bareOf(connection).pragma('page_count', { simple: true })
        bareOf(connection).pragma(`max_page_count = ${pages}`)
      }
    },
    hasRoomAgain() {
      bareOf(connection).pragma('max_page_count = 1000000')
      bareOf(connection).exec('drop trigger writes_more')
    },
    /** Lets so many seconds pass, for the database too. */
    pass(seconds: number) {
      now += seconds * 1_000
      bareOf(connection)
        .prepare('update claims set until = until - ? where holder is not null')
        .run(seconds * 1_000)
    },
    /** Sends until so many seconds have passed, each time as soon as something may be sent. */
    async deliverFor(seconds: number) {
      const end = now + seconds * 1_000
      for (let next: number | undefined = now; next !== undefined; next = instantAfter(connection, now)) {
        if (next > end) break
        now = next
        while ((await deliver()) > 0);
      }
      now = end
    },
    /** Puts a message into the outbox; gives its id. */
    async put(
      room: Channel,
      words: string,
      more: { card?: Card; head?: number; alerts?: string[]; expiresAt?: number } & Partial<MessageKey> = {},
    ) {
      const to = { platform: 'slack', channel: room.id }
      const message = { ...named(`${room.id}:${words}`), to, card: cardOf(words), alerts: [], at: now, ...more }
      return (await addMessage(connection.db, message as NewMessage)) ?? 0
    },
    /** An open alert that messages can be about. */
    async alert(id: string) {
      await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], now)
      await openAlerts(connection.db, [{ id, account: 1, kind: 'at_risk', at: now, reason: 'logins fell' }])
      return id
    },
    change: (alert: string, words: string) => changeMessagesNaming(connection.db, alert, () => cardOf(words)),
    /** What became of each message, in the order in which they were put. */
    async states() {
      const rows = await connection.db.selectFrom('outbox').select('state').orderBy('id').execute()
      return rows.map(({ state }) => state)
    },
    /** The process ends and comes again. */
    async restart() {
      await connection.close()
      connection = await open(url)
      await giveUpReplies(connection.db)
      await voidServiceClaims(connection.db)
    },
    async close() {
      await connection.close()
      await slack.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Workspace = Awaited<ReturnType<typeof openWorkspace>>

export function cardOf(words: string): Card {
  return noticeCard('Notice', words)
}

/** When something may be sent, or somewhere, that may not be yet. */
function instantAfter(connection: Connection, now: number): number | undefined {
  const next = bareOf(connection).prepare<[number], number | null>(
    `select min(at) from (select not_before as at from outbox union select until from destination_pauses) where at > ?`,
  )
  return next.pluck().get(now) ?? undefined
}

async function open(url: string): Promise<Connection> {
  await placeMigrated(url)
  return openDatabase(url, { timeout: 50 })
}

async function adapter(env: Record<string, string>) {
  const [platform] = chosenPlatforms(platforms, env).on
  if (platform === undefined) throw new Error('no platform')
  const create = await platform.load()
  return create({ door: CLOSED_DOOR, app: express(), log: silentLog, addresses: EMPTY_BOOK })
}

export const EMPTY_BOOK: AddressBook = {
  find: async () => undefined,
  keep: async () => {},
  userOf: async () => undefined,
}
