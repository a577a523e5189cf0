/** One line of a report: what was measured, and the goal where there is one. */
export interface Line {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: number;
  /** The goal is to reach it rather than to stay below it. */
  readonly atLeast?: boolean;
}

/** Prints lines in columns; says of each goal whether it was met, and decides nothing. */
export function report(title: string, lines: readonly Line[]): void {
  console.log(`\n${title}`);
  const width = Math.max(...lines.map(({ what }) => what.length));
  for (const { what, value, unit, goal, atLeast = false } of lines) {
    const isMet = goal !== undefined && (atLeast ? value >= goal : value <= goal);
    const sign = atLeast ? "≥" : "≤";
    const verdict = goal === undefined ? "" : `   goal ${sign} ${goal} ${unit}: ${isMet ? "met" : "missed"}`;
    console.log(`  ${what.padEnd(width)}  ${format(value).padStart(9)} ${unit.padEnd(6)}${verdict}`);
  }
}

/** Says why a measurement did not run. */
export function skip(title: string, reason: string): void {
  console.log(`\n${title}\n  skipped: ${reason}`);
}

function format(value: number): string {
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
