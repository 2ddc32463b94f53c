/** Test files of the store that do not run on PostgreSQL yet, each with its reason. */
export const FILES_NOT_YET: Readonly<Record<string, string>> = {
  'tests/store/lasting-reasons.test.ts': 'migrates a file of an earlier version',
  'tests/store/migrate.test.ts':
    'copies a file before it upgrades: the service on PostgreSQL comes with its own engine',
  'tests/store/platform-users.test.ts': 'migrates a file of an earlier version',
  'tests/store/schema.test.ts': 'compares the schema of SQLite',
  'tests/store/planned-once.test.ts': 'looks at the plans of SQLite',
  'tests/store/service-lock.test.ts': 'locks a file',
  'tests/store/write-lightly.test.ts': 'writes beside another connection to a file',
  'tests/store/signal-packs.property.test.ts': 'packs what SQLite reads',
}

/** Single tests of the other files, by their names. */
export const TESTS_NOT_YET: Readonly<Record<string, string>> = {
  'waits for a transaction that is under way on the same connection': 'each transaction has a connection of its own',
  'of tokens made before there were scopes let them send signals as ever': 'migrates a file of an earlier version',
}
