import { format, isMet, type Line, signOf } from "./results.ts";

/** What a run has reported so far. */
export interface Reported {
  readonly tables: { readonly title: string; readonly lines: readonly Line[] }[];
  /** What was not measured, and why. */
  readonly skipped: { readonly title: string; readonly reason: string }[];
  /** The versions of programs that were measured, by their names. */
  readonly versions: Map<string, string>;
}

export const reported: Reported = { tables: [], skipped: [], versions: new Map() };

/** Prints lines in columns; says of each goal whether it was met, and decides nothing. */
export function report(title: string, lines: readonly Line[]): void {
  reported.tables.push({ title, lines });
  console.log(`\n${title}`);
  const width = Math.max(...lines.map(({ what }) => what.length));
  for (const line of lines) {
    const { what, value, unit, goal } = line;
    const verdict =
      goal === undefined ? "" : `   goal ${signOf(line)} ${goal} ${unit}: ${isMet(line) ? "met" : "missed"}`;
    console.log(`  ${what.padEnd(width)}  ${format(value).padStart(9)} ${unit.padEnd(6)}${verdict}`);
  }
}

/** Says why a measurement did not run. */
export function skip(title: string, reason: string): void {
  reported.skipped.push({ title, reason });
  console.log(`\n${title}\n  skipped: ${reason}`);
}

/** Notes the version of a program that is measured. */
export function remember(name: string, version: string): void {
  reported.versions.set(name, version);
}
