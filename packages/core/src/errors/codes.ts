/** Every reason why a secret cannot be delivered. A new code does not compile without its row in `POLICY`. */
export type ErrorCode =
  | "aborted"
  | "ambiguous"
  | "denied"
  | "forbidden"
  | "internal"
  | "invalid_config"
  | "invalid_reference"
  | "not_found"
  | "throttled"
  | "timeout"
  | "unauthenticated"
  | "unavailable"
  | "unresolved"
  | "unusable";

/** What core does about a failure. */
export interface Policy {
  /** Whether the same call may be sent again; `"reopen"` sends it once more in a new session. */
  readonly retry: boolean | "reopen";
  /** Whether the failure enters the negative cache: only answers about the secret itself do. */
  readonly remember: boolean;
  /** Whether a cached value of the same secret is dropped. */
  readonly purge: boolean;
  /** Whether an expired value may be served instead, if the user opted in. */
  readonly stale: boolean;
  /** The CLI's exit status; sysexits where it has one, 76 and 79 as docs/adr/0003 explains. */
  readonly exit: number;
}

const row = (exit: number, policy: Partial<Omit<Policy, "exit">> = {}): Policy =>
  Object.freeze({ retry: false, remember: false, purge: false, stale: false, ...policy, exit });

/** The one table that drives retries, the negative cache, purging, staleness and the exit status. */
export const POLICY: Readonly<Record<ErrorCode, Policy>> = Object.freeze({
  invalid_reference: row(64, { remember: true, purge: true }),
  ambiguous: row(65, { remember: true, purge: true }),
  unusable: row(65, { remember: true, purge: true }),
  not_found: row(66, { remember: true, purge: true }),
  unresolved: row(67),
  unavailable: row(69, { retry: true, stale: true }),
  internal: row(70),
  throttled: row(75, { retry: true, stale: true }),
  timeout: row(75, { retry: true, stale: true }),
  unauthenticated: row(76, { retry: "reopen" }),
  // Not remembered: permissions are often fixed within seconds. It purges, so that no older value is served.
  denied: row(77, { purge: true }),
  invalid_config: row(78),
  forbidden: row(79),
  aborted: row(130),
});

/** From "a person must act" to "passes by itself": of several failures, the first in this list counts. */
export const SEVERITY: readonly ErrorCode[] = Object.freeze([
  "aborted",
  "internal",
  "invalid_config",
  "invalid_reference",
  "unauthenticated",
  "forbidden",
  "denied",
  "unresolved",
  "not_found",
  "ambiguous",
  "unusable",
  "unavailable",
  "timeout",
  "throttled",
] satisfies ErrorCode[]);

/** Whether a text is one of our codes, e.g. in an error made by another version of this package. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(POLICY, code);
}

/** The one code that stands for several failures. Throws a `RangeError` for none. */
export function mostSevere(codes: Iterable<ErrorCode>): ErrorCode {
  const seen = new Set(codes);
  const found = SEVERITY.find((code) => seen.has(code));
  if (found === undefined) throw new RangeError("No failure to choose from.");
  return found;
}
