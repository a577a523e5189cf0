const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds as the vault writes them: `1h`, `1h30m`, `25m`, `0s`. */
export function inWords(total: number): string {
  const parts = [`${Math.floor(total / 3600)}h`, `${Math.floor((total % 3600) / 60)}m`, `${total % 60}s`];
  return parts.filter((part) => !part.startsWith("0")).join("") || "0s";
}

/** Seconds in `30`, `"30"`, `"30s"`, `"20m"`, `"1h"` or `"2d"`; `undefined` for anything else. */
export function seconds(value: unknown): number | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const found = typeof value === "string" ? /^(\d+)([smhd]?)$/.exec(value) : null;
  return found ? Number(found[1]) * (UNITS[found[2] || "s"] ?? 1) : undefined;
}
