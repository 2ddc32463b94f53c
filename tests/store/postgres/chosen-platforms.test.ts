import { expect, it } from 'vitest'
import { chosenPlatformNames, platformOf, saveChosenPlatforms } from '../../../src/store/destinations/reach.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { createPostgres } from '../../support/test-database.ts'

it('instances that start at the same time store which platforms are on, and nobody ever finds none', async () => {
  const { url, remove } = await createPostgres()
  const [one, other, reader] = [openDatabase(url), openDatabase(url), openDatabase(url)]
  const on = ['slack', 'teams']
  await saveChosenPlatforms(one.db, on)

  const starts = [one, other].map(async ({ db }) => {
    for (let start = 0; start < 50; start += 1) await saveChosenPlatforms(db, on)
  })
  let isOver = false
  const all = Promise.all(starts).finally(() => {
    isOver = true
  })
  const found = new Set<string | undefined>()
  while (!isOver) found.add(await platformOf(reader.db, 'dana@ours.example'))
  await all

  expect([...found]).toEqual(['slack'])
  expect(await chosenPlatformNames(reader.db)).toEqual(on)
  await Promise.all([one.close(), other.close(), reader.close()])
  await remove()
})
