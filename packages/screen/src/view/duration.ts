const UNITS: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1_000, "s"],
];

/** A time in ms, in its largest unit: `45 s`, `12 min`, `3 h`, `2 d`. */
export function durationText(ms: number): string {
  const [size, unit] = UNITS.find(([least]) => ms >= least) ?? [1_000, "s"];
  return `${Math.floor(Math.max(0, ms) / size)} ${unit}`;
}
