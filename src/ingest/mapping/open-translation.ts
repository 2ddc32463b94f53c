import type { Instant } from '../../domain/time/instant.ts'
import { usesOf } from '../../model/mapping/fields.ts'
import type { Mapping } from '../../model/mapping/mapping.ts'
import type { AccountRef } from '../../model/mapping/value.ts'
import { listMatchable } from '../../store/accounts/account-matching.ts'
import { listPeople } from '../../store/people/people.ts'
import type { Db } from '../../store/tables.ts'
import type { LoadedKind } from '../load/load.ts'
import type { Fit } from '../rules/fit.ts'
import { columnIndex } from '../rules/record-columns.ts'
import type { Table } from '../tables/table.ts'
import { accountFinder } from '../translate/account-finder.ts'
import { ownerFinder } from '../translate/owners.ts'
import { readersFor } from '../translate/readers.ts'
import { translateAccounts, translatePeople } from '../translate/translate-accounts.ts'
import { translateSignals } from '../translate/translate-signals.ts'
import { translateComments, translateOutcomes } from '../translate/translate-words.ts'
import type { Translation, Translator } from '../translate/translator.ts'

/** A file whose columns have a meaning. */
export type MappedFile = {
  readonly table: Table
  readonly mapping: Mapping
  readonly fit: Fit
  /** The name of the mapping; rows bear it as their source where it says no other. */
  readonly name: string
  readonly fileDay: Instant
}

/** What a file is translated with: the accounts and people as they are known now. */
export async function openTranslation(
  db: Db,
  { table, mapping, fit, name, fileDay }: MappedFile,
): Promise<Translation> {
  const refs = usesOf(mapping).map(({ value }) => value as AccountRef)
  const attributes = ['domain', ...refs.flatMap(({ by, attribute }) => (by === 'attribute' ? (attribute ?? []) : []))]
  const index = columnIndex(table.columns)
  return {
    index,
    readers: readersFor(index, fit, { fileDay, timeZone: mapping.time_zone }),
    finder: accountFinder(await listMatchable(db, attributes), attributes),
    owners: ownerFinder(await listPeople(db)),
    source: mapping.source ?? name,
    fileDay,
  }
}

/** Undefined where the mapping makes nothing of the kind. */
export function translatorOf(kind: LoadedKind, mapping: Mapping, translation: Translation): Translator | undefined {
  const { accounts, people, signals, comments, outcomes } = mapping
  switch (kind) {
    case 'accounts':
      return accounts && translateAccounts(accounts, translation)
    case 'people':
      return people && translatePeople(people, translation)
    case 'signals':
      return signals.length === 0 ? undefined : translateSignals(signals, translation)
    case 'comments':
      return comments.length === 0 ? undefined : translateComments(comments, translation)
    case 'outcomes':
      return outcomes.length === 0 ? undefined : translateOutcomes(outcomes, translation)
  }
}
