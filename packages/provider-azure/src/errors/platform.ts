import { certificateRules } from "@vaultlink/core/provider";
import { type AzureErrorRule, ofPeer } from "./error-rule.ts";
import { TOO_LARGE, TRUST } from "./network.ts";

/** What the place says where machines and pipelines find their tokens. */
export const PLATFORM: readonly AzureErrorRule[] = ofPeer("platform", [
  { status: [429], code: "throttled", message: "The platform's token endpoint asks to slow down." },
  {
    status: [429],
    genuine: false,
    code: "throttled",
    message: "The platform's token endpoint asks to slow down, without a word.",
  },
  {
    status: [400, 404],
    says: ["identity not found", "managed identity found for specified"],
    code: "unauthenticated",
    message: "The platform has no such managed identity.",
    hint: true,
  },
  {
    status: [400, 401, 403, 404],
    code: "unauthenticated",
    message: "The platform refuses a token.",
    hint: true,
  },
  {
    status: [400, 401, 403, 404],
    genuine: false,
    code: "unauthenticated",
    message: "The platform refuses a token, without a word.",
    hint: true,
  },
  {
    status: [410, 500, 502, 503, 504],
    code: "unavailable",
    message: "The platform's token endpoint failed.",
  },
  {
    status: [410, 500, 502, 503, 504],
    genuine: false,
    code: "unavailable",
    message: "The platform's token endpoint failed without a word.",
  },
  ...certificateRules("The platform's certificate", { untrusted: TRUST }),
  {
    codes: [TOO_LARGE],
    code: "unavailable",
    message: "The answer of the platform's token endpoint is larger than 4 MiB.",
  },
  {
    network: ["refused", "unreachable", "unknown-host"],
    code: "unauthenticated",
    message: "Nothing answers where this machine's identity should be found.",
    hint: true,
  },
  {
    late: true,
    code: "timeout",
    message: "Nothing answered in time where this machine's identity should be found.",
    hint: true,
  },
  {
    codes: [""],
    code: "unavailable",
    message: "The connection to the platform's token endpoint broke before its answer was complete.",
  },
  {
    status: [200],
    genuine: false,
    code: "unavailable",
    message: "What answered is not the platform's token endpoint.",
  },
]);
