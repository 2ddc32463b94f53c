import { attributeNames, readAccountsWithAttributes } from '../../store/accounts/all-attributes.ts'
import type { Table } from './table.ts'

/** Every account with its newest attributes, in the columns that `import accounts` reads. */
export const accounts: Table = {
  columns: async ({ connection }) => ['id', 'name', ...(await attributeNames(connection.db))],
  async *rows({ connection, now }) {
    for await (const { id, name, attributes } of readAccountsWithAttributes(connection.db, now)) {
      yield { ...Object.fromEntries(attributes), id, name }
    }
  },
}
