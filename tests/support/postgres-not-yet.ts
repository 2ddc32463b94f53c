/** Test files of the store that do not run on PostgreSQL yet, each with its reason. */
export const FILES_NOT_YET: Readonly<Record<string, string>> = {
  'tests/store/attributes-two-clocks.property.test.ts': 'observes accounts by the bare connection',
  'tests/store/metric-connections.test.ts': 'reads signals by the bare connection',
  'tests/store/migrate.test.ts': 'copies a file before it upgrades',
  'tests/store/retention.test.ts': 'writes signals by the bare connection',
  'tests/store/schema.test.ts': 'compares the schema of SQLite',
  'tests/store/service-lock.test.ts': 'locks a file',
  'tests/store/signals.test.ts': 'writes signals by the bare connection',
  'tests/store/timeline.test.ts': 'writes signals by the bare connection',
  'tests/store/window-scan-single.test.ts': 'scans windows by a function inside SQLite',
}

/** Single tests of the other files, by their names. */
export const TESTS_NOT_YET: Readonly<Record<string, string>> = {
  'of tokens made before there were scopes let them send signals as ever': 'migrates a file of an earlier version',
}
