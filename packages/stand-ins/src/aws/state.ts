import type { Clock } from "../kit/clock.ts";
import { Principals } from "./principals.ts";
import type { AwsSeed } from "./seed.ts";
import { Secrets } from "./secrets.ts";

/** What differs between vendors' releases, accounts and emulators, switched at run time. */
export interface AwsSettings {
  /** Leaves out what a batch does not find, as one emulator did, instead of telling it. */
  dropsMissing: boolean;
  /** Secrets of one page of a batch or a list, if fewer than were asked for. */
  pageSize: number;
  /** Seconds that credentials of a role live, whatever is asked for; 0: as asked. */
  roleSeconds: number;
  /** Whether the portal still takes its refresh token. */
  refreshable: boolean;
}

/** All a running stand-in knows. */
export interface AwsState {
  readonly seed: AwsSeed;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly principals: Principals;
  readonly settings: AwsSettings;
  /** Access tokens of the portal that hold, and until when, in ms since the epoch. */
  readonly portal: Map<string, number>;
}

/** Seconds a portal's access token holds. */
const PORTAL_SECONDS = 8 * 3600;

export function createState(seed: AwsSeed, clock: Clock): AwsState {
  return {
    seed,
    clock,
    secrets: new Secrets(seed.secrets, seed.region, clock),
    principals: new Principals(seed, clock),
    settings: { dropsMissing: false, pageSize: 100, roleSeconds: 0, refreshable: true },
    portal: new Map([[seed.portal.accessToken, clock.now() + PORTAL_SECONDS * 1000]]),
  };
}
