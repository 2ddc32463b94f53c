import { findAccountKeys } from '../../../store/accounts/find-accounts.ts'
import { readNamesState } from '../../../store/accounts/name-changes.ts'
import type { Connection } from '../../../store/engine/engine.ts'
import { type ByteNames, byteNames } from '../../cells/byte-names.ts'
import { ORDINARY_IN_JSON } from '../../cells/ordinary-bytes.ts'

/** The accounts that were looked up so far, for rows that come as text and as bytes. */
export type KnownAccounts = {
  readonly keys: ReadonlyMap<string, number>
  readonly names: ByteNames
  lookUp(ids: readonly string[]): Promise<void>
}

export function knownAccounts({ db }: Pick<Connection, 'db'>): KnownAccounts {
  const [keys, names] = [new Map<string, number>(), byteNames(ORDINARY_IN_JSON)]
  return {
    keys,
    names,
    async lookUp(ids) {
      const unknown = new Set(ids.filter(id => !keys.has(id)))
      for (const [id, key] of await findAccountKeys(db, [...unknown])) {
        keys.set(id, key)
        names.add(id, key)
      }
    },
  }
}

/** Accounts that are kept from one request to the next: some 20 MB. */
const MOST_KEPT = 100_000

/** The same accounts for each request, as long as none is deleted. */
export function keptAccounts(connection: Pick<Connection, 'db'>): () => Promise<KnownAccounts> {
  let [known, seen] = [knownAccounts(connection), 0]
  return async () => {
    const { changes } = await readNamesState(connection.db)
    if (changes !== seen || known.keys.size > MOST_KEPT) known = knownAccounts(connection)
    seen = changes
    return known
  }
}
