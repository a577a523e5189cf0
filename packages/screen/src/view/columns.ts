import { widthOf } from "./text.ts";

/** A column of a table. */
export interface Column {
  readonly head: string;
  /** The least it is narrowed to, in columns of the terminal. */
  readonly least: number;
  /** The widest it is drawn. */
  readonly most?: number;
}

/** Between two columns. */
export const GAP = 1;

/**
 * The width of each column, so that all fit: as wide as what they hold, and where that is too much the widest are narrowed
 * first. Columns at the right are left out (0) where even the least is too much.
 */
export function columnWidths(columns: readonly Column[], natural: readonly number[], width: number): readonly number[] {
  const widths = columns.map(({ head, most = Infinity }, at) =>
    Math.min(most, Math.max(widthOf(head), natural[at] ?? 0)),
  );
  const total = (): number => widths.reduce((sum, one) => sum + one + (one > 0 ? GAP : 0), -GAP);
  while (total() > width) {
    let widest = -1;
    for (const [at, one] of widths.entries()) {
      const spare = one - (columns[at]?.least ?? 0);
      if (spare > 0 && (widest < 0 || one > (widths[widest] ?? 0))) widest = at;
    }
    if (widest < 0) {
      const last = widths.findLastIndex((one) => one > 0);
      if (last <= 0) return widths;
      widths[last] = 0;
    } else widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}
