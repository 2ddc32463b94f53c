import { afterEach, beforeEach, expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/index.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'

let connection: Connection

beforeEach(() => {
  connection = openDatabase('sqlite::memory:')
})

afterEach(() => connection.close())

it('keeps every row of the version before under the words of the field', async () => {
  await migrate(
    connection,
    MIGRATIONS.filter(({ name }) => name < '0034'),
  )
  bareOf(connection).exec(`
    insert into accounts (key, id, name, folded_name) values (1, 'acme', 'Acme', 'acme');
    insert into models (key, version, name, first_used_at) values (1, 'v1', 'ours', 0);
    insert into people (email, role) values ('ann@x.com', 'csm');
    insert into standings (account, at, verdict, has_sharp_drop, expansion_ready, coverage, reason, model)
      values (1, 5, 'at_risk', 0, 0, 1, 'Fell', 1);
    insert into alerts (id, account, kind, state, opened_at, reason, rung, is_quiet, untold)
      values ('a1', 1, 'at_risk', 'open', 5, 'Fell', 2, 1, 'opened');
    insert into alert_verdicts (alert, person, verdict, at) values ('a1', 'ann@x.com', 'wrong', 6);
    insert into quiet_rules (kind, quiet_since, restored_at) values ('at_risk', 7, null);
    insert into playbook_runs (id, playbook, label, account, cause, started_at, told_at)
      values ('r1', 'save', 'Save', 1, 'fall', 5, 8);
    insert into tasks (id, run, account, title, role, state, created_at, due_at, rung)
      values ('t1', 'r1', 1, 'Call', 'csm', 'open', 5, 9, 1);
    insert into digest_runs (digest, destination, slot, told) values ('morning', 'slack:C1', 5, '{"a":1}');`)

  await migrate(connection)

  const { db } = connection
  expect(await db.selectFrom('current_status').select(['account', 'verdict']).execute()).toEqual([
    { account: 1, verdict: 'at_risk' },
  ])
  expect(await db.selectFrom('alerts').select(['escalation_step', 'is_muted', 'pending_news']).execute()).toEqual([
    { escalation_step: 2, is_muted: 1, pending_news: 'opened' },
  ])
  expect(await db.selectFrom('alert_feedback').selectAll().execute()).toEqual([
    { alert: 'a1', person: 'ann@x.com', verdict: 'wrong', at: 6 },
  ])
  expect(await db.selectFrom('muted_rules').select(['kind', 'muted_since']).execute()).toEqual([
    { kind: 'at_risk', muted_since: 7 },
  ])
  expect(await db.selectFrom('playbook_runs').select(['id', 'announced_at']).execute()).toEqual([
    { id: 'r1', announced_at: 8 },
  ])
  expect(await db.selectFrom('tasks').select(['id', 'escalation_step']).execute()).toEqual([
    { id: 't1', escalation_step: 1 },
  ])
  expect(await db.selectFrom('digest_runs').select(['digest', 'announced']).execute()).toEqual([
    { digest: 'morning', announced: '{"a":1}' },
  ])
})
