import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPlace, type Place } from '../service/rounds-process.ts'

let place: Place

beforeEach(async () => {
  place = createPlace()
  place.write('accounts.csv', 'id,name\nbirch,Birchwick Foods\nacme,Acme\n')
  await place.rounds('import', 'accounts', `${place.folder}/accounts.csv`)
})

afterEach(() => place.close())

const left = async () => ((await place.rounds('list', '--json')).json as { account: string }[]).map(one => one.account)

it.each(['foo', 'Birchwick', 'amce', 'acme today'])('forgets no account that is only nearly called %j', async name => {
  const said = await place.rounds('forget', '--account', name)

  expect([said.exit, said.stdout]).toEqual([1, ''])
  expect(said.stderr).toMatch(/^There is no account called ".*"\.\nNearest: (Birchwick Foods \(birch\)|Acme \(acme\))/)
  expect(await left()).toEqual(['acme', 'birch'])
})

it.each(['birch', 'birchwick  FOODS'])('forgets the account with exactly the id or name %j', async name => {
  const said = await place.rounds('forget', '--account', name)

  expect(said.stdout).toContain('Forgotten: Birchwick Foods (birch), with 0 signals.')
  expect(await left()).toEqual(['acme'])
})

it('and an export say when nothing is stored about a person', async () => {
  for (const words of [
    ['forget', '--person', 'nobody@x.example'],
    ['export', 'person', 'nobody@x.example'],
  ]) {
    const said = await place.rounds(...words)

    expect(said).toMatchObject({
      exit: 1,
      stdout: '',
      stderr: expect.stringContaining('Nothing is stored about nobody@'),
    })
  }
})
