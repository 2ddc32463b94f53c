import type { Kysely } from 'kysely'
import type { AccountsTables } from './tables/accounts.ts'
import type { AlertsTables } from './tables/alerts.ts'
import type { DeliveryTables } from './tables/delivery.ts'
import type { IngestTables } from './tables/ingest.ts'
import type { OperationsTables } from './tables/operations.ts'
import type { OutsideTables } from './tables/outside.ts'
import type { PeopleTables } from './tables/people.ts'
import type { PlaybooksTables } from './tables/playbooks.ts'
import type { ScoringTables } from './tables/scoring.ts'
import type { SignalsTables } from './tables/signals.ts'

/** Rows as the database stores them. They never leave the store, which returns domain values. */
export type Tables = AccountsTables &
  PeopleTables &
  SignalsTables &
  ScoringTables &
  AlertsTables &
  PlaybooksTables &
  DeliveryTables &
  IngestTables &
  OutsideTables &
  OperationsTables

/** The database, or a transaction on it. */
export type Db = Kysely<Tables>
