import { execFileSync } from 'node:child_process'
import { appendFileSync, chownSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { startServerAgain } from './postgres-server.ts'

/** Starts a server that follows another one, which lies in a folder, from what that one has now. */
export async function startReplica(primary: string, primaryFolder: string, folder: string) {
  const client = new pg.Client(primary)
  await client.connect()
  await client.query("select pg_backup_start('rounds', true)")
  execFileSync('cp', ['-a', primaryFolder, folder])
  const { rows } = await client.query('select labelfile from pg_backup_stop(false)')
  await client.end()
  rmSync(join(folder, 'postmaster.pid'))
  const { hostname, port, username, password } = new URL(primary)
  const source = `host=${hostname} port=${port} user=${username} password=${password}`
  appendFileSync(join(folder, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`)
  writeFileSync(join(folder, 'backup_label'), rows[0].labelfile)
  writeFileSync(join(folder, 'standby.signal'), '')
  const { uid, gid } = statSync(primaryFolder)
  for (const file of ['backup_label', 'standby.signal']) chownSync(join(folder, file), uid, gid)
  return startServerAgain(folder)
}
