/**
 * `@vaultlink/core/internal`: for the `vaultlink` command, its agent and the test kit of this repository only. Unstable:
 * anything here may change or go in any release, without notice.
 */
export { Arrivals } from "./async/arrivals.ts";
export { closestMatch } from "./closest-match.ts";
export { CONTRACT, upgradeProvider, type VersionFault, versionFault } from "./contract/versions.ts";
export { followDiagnostics } from "./diagnostics.ts";
export { CODE_TEXTS, type CodeText } from "./errors/code-texts.ts";
export { mostSevere, POLICY, type Policy } from "./errors/codes.ts";
export { toSecretError } from "./errors/secret-error.ts";
export { formatReference } from "./reference/format.ts";
export { isConnectionName, parseReference, type Reference, schemeOf } from "./reference/parse.ts";
export { systemClock } from "./time/clock.ts";
export { parseMinutes } from "./settings.ts";
export { sameBytes } from "./secret-value.ts";
export { Semaphore } from "./async/semaphore.ts";
export { versionOf } from "./vault.ts";
export { type Located, type ValueSource } from "./vault/value-source.ts";
export { watch } from "./vault/watch.ts";
export { locationOf, usualLocation } from "./resolver/vault-location.ts";
export { declaredEnv } from "./provider-kit/environment.ts";
// For providers that run in a process of their own.
export { hostedRefusal } from "./provider-kit/exec-answers.ts";
export { type ExecLine, type LineOptions, type ProgramOptions, startProgram } from "./provider-kit/exec-line.ts";
export { openProgram } from "./provider-kit/exec-open.ts";
