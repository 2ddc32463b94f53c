import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { takeServiceLock } from '../../src/store/engine/sqlite/service-lock.ts'
import { migratedDatabase } from '../support/migrated.ts'

let folder: string
let url: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rounds-lock-'))
  url = `sqlite:${join(folder, 'rounds.db')}`
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('is held by one alone', () => {
  const lock = takeServiceLock(url)

  expect(takeServiceLock(url)).toBeUndefined()
  lock?.release()
})

it('is free again once it was released', () => {
  takeServiceLock(url)?.release()

  const lock = takeServiceLock(url)

  expect(lock).toBeDefined()
  lock?.release()
})

it('leaves one file beside the database, and writes nothing else', () => {
  const lock = takeServiceLock(url)

  expect(readdirSync(folder)).toEqual(['rounds.db', 'rounds.db.lock'])
  lock?.release()
  expect(readdirSync(folder)).toEqual(['rounds.db', 'rounds.db.lock'])
})

it('holds up nobody who reads or writes the database itself', async () => {
  const lock = takeServiceLock(url)
  const connection = await migratedDatabase(url)

  await connection.close()
  lock?.release()
})

it.each([
  ['a symbolic link', symlinkSync],
  ['a hard link', linkSync],
])('is held under every name of the file: %s leads to it too', (_, link) => {
  const file = join(folder, 'rounds.db')
  writeFileSync(file, '')
  mkdirSync(join(folder, 'elsewhere'))
  const other = join(folder, 'elsewhere', 'other.db')
  link(file, other)

  const lock = takeServiceLock(url)
  expect(takeServiceLock(`sqlite:${other}`)).toBeUndefined()
  lock?.release()

  const under = takeServiceLock(`sqlite:${other}`)
  expect(takeServiceLock(url)).toBeUndefined()
  under?.release()
})

it('is held through a link to a file that is still to be made', () => {
  const link = join(folder, 'link.db')
  symlinkSync(join(folder, 'rounds.db'), link)

  const lock = takeServiceLock(`sqlite:${link}`)

  expect(takeServiceLock(url)).toBeUndefined()
  lock?.release()
})

it('of one file does not hold up another', () => {
  const lock = takeServiceLock(url)
  const other = takeServiceLock(`sqlite:${join(folder, 'other.db')}`)

  expect(other).toBeDefined()
  lock?.release()
  other?.release()
})

it('names the file that cannot be opened, when its folder is not there', () => {
  expect(() => takeServiceLock(`sqlite:${join(folder, 'none', 'rounds.db')}`)).toThrow(
    /none\/rounds.db cannot be opened/,
  )
})
