import type { TableRoom } from '../../text/table.ts';
import type { ViewContext } from '../view-context.ts';

/** The room a table of a result has. */
export function roomFor({ columns, tableRows, more, cut, screenReader }: ViewContext): TableRoom {
  const whole = tableRows === Number.POSITIVE_INFINITY;
  return { columns, rows: tableRows, more, ...(cut ? { cut } : {}), whole, spoken: screenReader };
}

/** True when the rows do not all say the same there: only then is it worth a column. */
export function differs<Row>(rows: readonly Row[], of: (row: Row) => string): boolean {
  return new Set(rows.map(of)).size > 1;
}
