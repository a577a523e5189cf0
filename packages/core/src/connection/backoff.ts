/** Full jitter: any delay up to the doubled step, never above the cap, in ms. `failures` counts from 1. */
export function backoffMs(failures: number, random: number, stepMs: number, capMs: number): number {
  return random * Math.min(capMs, stepMs * 2 ** Math.min(failures - 1, 30));
}
