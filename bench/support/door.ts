import { randomUUID } from 'node:crypto'
import { openDoor } from '../../src/chat/door/door.ts'
import type { ChatAdapter, Reply } from '../../src/chat/port.ts'
import { silentLog } from '../../src/log.ts'
import { loadSettings } from '../../src/model/settings.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { settingsWithDigests } from '../../src/work/digests/known-digests.ts'
import { studyOn } from '../../src/work/outcomes/study.ts'
import { MORNING } from './signals.ts'

/** Asks as somebody with this address would, without a platform around it. */
export function openBenchDoor(connection: Connection, email: string): (text: string) => Promise<Reply> {
  const capabilities = { privateReplies: true, dialogs: true, typeahead: true, charts: true, messageSize: 8_000 }
  const profile = async () => ({ email, name: 'Dana', standing: 'member' as const })
  const chat = { platform: 'bench', capabilities, profile, outsiders: async () => [] } as unknown as ChatAdapter
  const settings = loadSettings(undefined)
  const door = openDoor({
    connection,
    instance: 'test',
    clock: () => MORNING,
    log: silentLog,
    newId: randomUUID,
    readSettings: settingsWithDigests(() => settings),
    platforms: [],
    chats: new Map([['bench', chat]]),
    wakeSender: () => {},
    plan: () => Promise.reject(new Error('nobody plans here')),
    study: studyOn(connection),
  })
  return text =>
    door.ask({
      actor: { platform: 'bench', userId: 'U1' },
      ...{ text, channel: 'D1', isPrivate: true, canOpenForm: false, deliveryId: randomUUID() },
    })
}
