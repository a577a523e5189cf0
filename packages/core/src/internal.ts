/**
 * `@vaultlink/core/internal`: for the `vaultlink` command, its agent and the test kit of this repository only. Unstable:
 * anything here may change or go in any release, without notice.
 */
export { Arrivals } from "./async/arrivals.ts";
export { closestMatch } from "./closest-match.ts";
export { mostSevere, POLICY, type Policy } from "./errors/codes.ts";
export { isConnectionName, parseReference, type Reference, schemeOf } from "./reference/parse.ts";
export { systemClock } from "./time/clock.ts";
export { parseMinutes } from "./settings.ts";
