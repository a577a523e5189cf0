import type { ServerFault } from "./fault.ts";

/** One request. Holds no header and no body, so it can be printed. */
export interface StandInRequest {
  readonly method: string;
  readonly path: string;
  /** The route that answered; `"none"` if there is none. */
  readonly route: string;
  /** What was answered; 0 where a fault stood in for the answer. */
  readonly status: number;
  readonly fault?: ServerFault;
}
