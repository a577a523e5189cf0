import { leaks } from "../canaries.ts";
import type { SubjectPlugin } from "../subject.ts";
import { check, fail } from "./expect.ts";

/** Identities as a vault may write them, and what nobody expects. */
const IDENTITIES = [
  "app",
  "arn:aws:iam::123456789012:role/app",
  "user@example.com",
  "",
  " ",
  "https://x/y?z#",
  "\ud800",
];

/** Fails a case for what a person is shown of a plugin. */
export function checkFaces({ displayName, options, pattern }: SubjectPlugin, canaries: readonly string[]): void {
  const { validate, vendor, version } = options["~standard"];
  check(
    version === 1 && typeof vendor === "string" && vendor !== "" && typeof validate === "function",
    "`options` of the plugin are no Standard Schema of version 1. Make them with `defineOptions`.",
  );
  check(
    pattern === undefined ||
      (typeof pattern === "string" && /^[^\s:\p{Cc}][^\p{Cc}]*$/u.test(pattern) && !pattern.includes("://")),
    "`pattern` of the plugin must be the form of what follows `connection://`, on one line and without that.",
  );
  if (displayName === undefined) return;
  for (const identity of IDENTITIES) {
    let shown: unknown;
    try {
      shown = displayName(identity);
    } catch {
      fail("`displayName` of the plugin threw. What it cannot put better, it gives as it is.");
    }
    check(
      typeof shown === "string" && (shown.trim() !== "" || identity.trim() === ""),
      "`displayName` of the plugin gave no text. What it cannot put better, it gives as it is.",
    );
    check(
      leaks(shown, canaries).length === 0 && !/\p{Cc}/u.test(shown),
      "What `displayName` of the plugin gives contains a secret or a control character: people are shown it.",
    );
  }
}
