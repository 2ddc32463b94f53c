import type { Instant } from '../../domain/time/instant.ts'
import { checkWritten } from '../../model/mapping/check-mapping.ts'
import type { Mapping } from '../../model/mapping/mapping.ts'
import { listMatchable } from '../../store/accounts/account-matching.ts'
import type { Db } from '../../store/tables.ts'
import type { Source } from '../files/csv.ts'
import { joinTables, WITH } from '../mapping/join.ts'
import type { MappedFile } from '../mapping/open-translation.ts'
import { type FitOptions, fitMapping } from '../rules/fit.ts'
import { withJsonColumns } from '../tables/json-columns.ts'
import { openTable } from '../tables/open-table.ts'
import type { Table } from '../tables/table.ts'
import { accountFinder } from '../translate/account-finder.ts'
import { findJoin } from './find-join.ts'
import { type Preview, previewMapped } from './preview.ts'
import { type Proposal, propose } from './propose.ts'
import { withRules } from './with-rules.ts'
import { yamlOf } from './yaml-of.ts'

export type Looked = Proposal & {
  readonly table: Table
  readonly mapping: Mapping
  /** The mapping as it would be saved. */
  readonly yaml: string
  readonly file: MappedFile
  readonly preview: Preview
  /** What cannot be decided, and what was decided by other columns. */
  readonly problems: readonly string[]
  readonly remarks: readonly string[]
}

export type LookOptions = FitOptions & {
  readonly other?: Pick<Source, 'name' | 'again'> | undefined
  readonly sheet?: string | undefined
  readonly fileDay: Instant
  readonly ofModel: ReadonlySet<string>
}

/** Looks at a file: what it is, what its columns mean, what would become of its rows. Writes nothing. */
export async function lookAtFile(db: Db, bytes: Pick<Source, 'name' | 'again'>, options: LookOptions): Promise<Looked> {
  const own = await withJsonColumns(await openTable(bytes, { sheet: options.sheet }))
  const other = options.other && (await openTable(options.other))
  const on = other && (await findJoin(own, other))
  const table = other === undefined || on === undefined ? own : await joinTables(own, other, on)
  const accounts = await listMatchable(db, ['domain'])
  const known = { finder: accountFinder(accounts, []), hasAccounts: accounts.length > 0, ofModel: options.ofModel }
  const proposal = await propose(table, known)
  const { with: _, ...rest } = proposal.written
  const written = { ...rest, ...(on !== undefined && { with: on }) }
  const plain = mappingOf(written)
  const fit = await fitMapping(table, plain, options)
  const columns = table.columns.filter(name => name !== '' && !name.startsWith(WITH))
  const ruled = { ...withRules(written, fit), columns }
  const mapping = mappingOf(ruled)
  const file = { table, mapping, fit, name: proposal.recognized ?? 'file', fileDay: options.fileDay }
  const preview = await previewMapped(db, file)
  return {
    ...proposal,
    table,
    mapping,
    file,
    preview,
    yaml: yamlOf(ruled),
    problems: fit.problems,
    remarks: [...fit.remarks, ...preview.remarks],
  }
}

function mappingOf(written: unknown): Mapping {
  const { mapping, errors } = checkWritten(JSON.parse(JSON.stringify(written)))
  if (mapping !== undefined) return mapping
  throw new Error(`a proposal is not a mapping: ${errors.map(({ path, problem }) => `${path} ${problem}`).join('; ')}`)
}
