/** A renewal that extends the credentials by less than this, in ms, has reached their limit. */
const GAIN_MS = 1000;

/** Whether credentials that end at `after` outlive those that ended at `before`, in ms since the epoch. */
export function outlives(after: number | undefined, before: number | undefined): boolean {
  return after === undefined || before === undefined || after >= before + GAIN_MS;
}
