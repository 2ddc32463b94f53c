import { ColumnNode, type LimitNode, SqliteQueryCompiler, type UpdateQueryNode, ValueNode } from 'kysely'

/** What the partial indexes are about: they serve a statement only where it says so in words. */
const INDEXED: readonly unknown[] = ['resolved', 'owner', 'renewal_on']

/**
 * Writes statements that SQLite plans once. A plan may depend on the value that is compared, so a statement is planned
 * anew whenever it gets another one, at twenty times the price of running it. Behind a sign a value is no longer looked
 * at; those on which the plan shall depend are written out.
 */
export class PlannedOnce extends SqliteQueryCompiler {
  /** PostgreSQL refuses what SQLite takes: whoever writes such a statement learns of it on either. */
  protected override visitUpdateQuery(node: UpdateQueryNode): void {
    const columns = (node.updates ?? []).map(({ column }) => (ColumnNode.is(column) ? column.column.name : column))
    if (new Set(columns).size < columns.length) throw new Error(`a column is set twice: ${columns.join(', ')}`)
    super.visitUpdateQuery(node)
  }

  protected override visitValue(node: ValueNode): void {
    if (INDEXED.includes(node.value)) this.appendImmediateValue(node.value)
    else {
      if (node.immediate !== true) this.append('+')
      super.visitValue(node)
    }
  }

  protected override visitLimit(node: LimitNode): void {
    const { limit } = node
    const isNumber = ValueNode.is(limit) && typeof limit.value === 'number'
    super.visitLimit(isNumber ? { ...node, limit: ValueNode.createImmediate(limit.value) } : node)
  }
}
