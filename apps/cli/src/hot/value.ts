import { SecretValue } from "@vaultlink/core";
import type { HotItem } from "./ask-agent.ts";

/** A value about which there is nothing to tell, or `undefined`. */
export function plainValue({ ok, b64, source, leased, connection }: HotItem): SecretValue | undefined {
  const hasStory = source === "stale" || leased === true || connection !== undefined;
  if (ok !== true || typeof b64 !== "string" || hasStory) return undefined;
  return new SecretValue(Buffer.from(b64, "base64"), { source: "cache", ageMs: 0 });
}

/** A failure that asking again would only repeat; one that a person could mend right now is left to the long way. */
export function isFinal({ ok, error }: HotItem): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return ok === false && typeof code === "string" && !LEFT.has(code);
}

/** `internal` may be a failure of the command line, which frames have no words for. */
const LEFT: ReadonlySet<string> = new Set(["unauthenticated", "unresolved", "internal", "aborted"]);
