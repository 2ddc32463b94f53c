import { ColumnNode, type LimitNode, SqliteQueryCompiler, type UpdateQueryNode, ValueNode } from 'kysely'

/** Values in the conditions of partial indexes, which serve a statement only if it has the value as a literal. */
const INDEXED: readonly unknown[] = ['resolved', 'owner', 'renewal_on']

/**
 * Writes statements that SQLite plans once. Its plan may depend on a compared value, so it plans a statement anew for
 * each new value, at twenty times the cost of running it. With a sign in front, it ignores the value. Values that the
 * plan should depend on are written as literals.
 */
export class PlannedOnce extends SqliteQueryCompiler {
  /** PostgreSQL refuses what SQLite accepts, so such a statement fails on both. */
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
