import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeComments } from '../../src/ingest/comments/write-comments.ts'
import { sourcesSchema } from '../../src/model/sources.ts'
import { type Comment, saveComments } from '../../src/store/comments/comments.ts'
import { type AlertWorld, createAlertWorld } from '../support/alert-world.ts'
import { askAlone } from '../support/small-company.ts'
import { at } from '../support/world.ts'

let world: AlertWorld

beforeEach(async () => {
  const accounts = ['acme', 'globex'].map(id => ({ id, name: id, owner: 'dana@ours.example' }))
  world = await createAlertWorld({ accounts })
})

afterEach(() => world.close())

const comment = (account: number, day: string, text: string): Comment => ({
  id: `${account}:${day}`,
  account,
  text,
  source: 'crm',
  observedAt: at(day),
  receivedAt: at(day),
})

const COMMENTS = [
  comment(1, '2026-10-01', 'The export is slow'),
  comment(1, '2026-10-20', 'Still slow!'),
  comment(2, '2026-10-21', 'So slow, and Zeno left the company'),
]

it('shows everybody what customers write about again and again, and no word of theirs', async () => {
  await saveComments(world.connection.db, COMMENTS)

  const shown = await askAlone(world.slack, world.victor, '/health topics', world.room)

  expect(shown).toContain('1 topic came up more than once')
  expect(shown).toContain('Speed and reliability')
  expect(shown).toContain('3 comments from 2 accounts')
  expect(shown).not.toContain('Zeno')
})

it('shows in the timeline what an account comes back to, to those who may read its comments', async () => {
  await saveComments(world.connection.db, COMMENTS)

  const topics = 'Comments of 90 days come back to: Speed and reliability (2)'

  expect(await askAlone(world.slack, world.dana, '/health timeline acme', world.room)).toContain(topics)
  expect(await askAlone(world.slack, world.victor, '/health timeline acme', world.room)).not.toContain('come back to')
})

it('knows the topics of texts that are not kept', async () => {
  const { comments: rules } = sourcesSchema.parse({ comments: { store_text: false } })
  await writeComments(world.connection, COMMENTS, { rules })
  await writeComments(world.connection, COMMENTS, { rules })

  const stored = await world.connection.db.selectFrom('comments').select('text').execute()

  expect(stored.map(({ text }) => text)).toEqual(['', '', ''])
  expect(await askAlone(world.slack, world.victor, '/health topics', world.room)).toContain(
    '3 comments from 2 accounts',
  )
  expect(await askAlone(world.slack, world.dana, '/health timeline acme', world.room)).toContain('text not kept')
})
