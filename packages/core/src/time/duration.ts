/** A year; anything longer is taken for a typing error. */
const MAX_MINUTES = 365 * 24 * 60;

/**
 * Whole minutes out of `45`, `"45"`, `"90m"` or `"2h"`, from 0 to a year; `undefined` for anything else.
 */
export function parseMinutes(given: number | string): number | undefined {
  // Configuration may contain anything.
  if (typeof given !== "number" && typeof given !== "string") return undefined;
  const text = String(given).trim();
  const match = /^(\d{1,7})\s?(m|min|h)?$/.exec(text);
  if (match === null) return undefined;
  const minutes = Number(match[1]) * (match[2] === "h" ? 60 : 1);
  return minutes <= MAX_MINUTES ? minutes : undefined;
}
