import { ColumnNode, type LimitNode, SqliteQueryCompiler, type UpdateQueryNode, ValueNode } from 'kysely'

/** What the partial indexes are about: they serve a statement only where it says so in words. */
const INDEXED: readonly unknown[] = ['resolved', 'owner', 'renewal_on']

/**
 * Writes statements that SQLite plans once. A plan may depend on a compared value, so a statement is planned
 * anew for each new value, at twenty times the cost of running it. With a sign in front, the value is not looked
 * at; values that the plan should depend on are written as literals.
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
