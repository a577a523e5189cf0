import { certificateRules, networkRules } from "@vaultlink/core/provider";
import type { AwsErrorRule } from "./error-rule.ts";

/** What happens on the way to AWS. The codes are Node's, the name `TimeoutError` is the SDK's. */
export const NETWORK: readonly AwsErrorRule[] = [
  ...networkRules({
    "timed-out": "AWS did not answer in time.",
    "unknown-host": "The host name of AWS is not known here: check the region and the network.",
    refused: "Nothing answers at the AWS endpoint.",
    proxy: "The proxy did not connect us to AWS.",
  }),
  ...certificateRules("The certificate of the AWS endpoint", { untrusted: "export AWS_CA_BUNDLE=/path/to/ca.pem" }),
  {
    // Also what the SDK names a `TimeoutError` because a connection broke.
    network: ["broken", "tls", "unreachable"],
    code: "unavailable",
    message: "The connection to AWS broke before its answer was complete.",
  },
  { names: ["TimeoutError"], code: "timeout", message: "The connection to AWS was not made, or stood still, in time." },
];
