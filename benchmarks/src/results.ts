/** One line of a report: what was measured, and the goal where there is one. */
export interface Line {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: number;
  /** The goal is to reach it rather than to stay below it. */
  readonly atLeast?: boolean;
}

/** A run as `results.json` keeps it. Nothing in it tells whose machine it was. */
export interface Results {
  /** The day, in UTC. */
  readonly date: string;
  readonly machine: {
    readonly system: string;
    readonly processor: string;
    readonly cores: number;
    readonly gib: number;
  };
  readonly versions: Readonly<Record<string, string>>;
  readonly tables: readonly { readonly title: string; readonly lines: readonly Line[] }[];
  /** What was not measured, and why. */
  readonly skipped: readonly { readonly title: string; readonly reason: string }[];
}

/** How a goal is to be met. */
export const signOf = ({ atLeast = false }: Line): string => (atLeast ? "≥" : "≤");

/** Whether the goal was met; false without one. */
export const isMet = ({ value, goal = Number.NaN, atLeast = false }: Line): boolean =>
  atLeast ? value >= goal : value <= goal;

/** A measured number, without digits that say nothing. */
export function format(value: number): string {
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
