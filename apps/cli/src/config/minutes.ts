const YEAR = 365 * 24 * 60;

/** Whole minutes out of `45`, `90m` or `2h`; `undefined` for anything else, and for more than a year. */
export function minutesOf(text: string): number | undefined {
  const match = /^([0-9]{1,6})([mh]?)$/.exec(text);
  if (match === null) return undefined;
  const minutes = Number(match[1]) * (match[2] === "h" ? 60 : 1);
  return minutes <= YEAR ? minutes : undefined;
}
