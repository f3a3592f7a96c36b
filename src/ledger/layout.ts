/** How the tables of an object are laid out, and what takes over what an earlier release wrote. */
export interface Layout {
  /** Statements that make the tables where they are not there. */
  readonly tables: readonly string[]
  /** The oldest first. */
  readonly earlier: readonly EarlierLayout[]
}

/** Tables as an earlier release laid them out. */
interface EarlierLayout {
  /** The table by which it is known, */
  readonly table: string
  /** and a column that it has. */
  readonly column: string
  /** Statements that write what it holds into today's tables, which are there, and take it away. */
  readonly takeOver: readonly string[]
}

/**
 * Takes over what earlier releases wrote. A deployment changes the code of objects that hold the keys of the
 * last 24 hours: what was paid for under them must not be paid for again.
 */
export function takeOverEarlier(storage: DurableObjectStorage, layout: Layout): void {
  const { sql } = storage
  for (const { table, column, takeOver } of layout.earlier) {
    const found = sql.exec('SELECT 1 FROM pragma_table_info(?) WHERE name = ?', table, column)
    if (found.toArray().length === 0) continue
    storage.transactionSync(() => {
      for (const statement of [...layout.tables, ...takeOver]) sql.exec(statement)
    })
  }
}
