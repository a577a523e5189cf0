import { certificateRules, networkRules } from "@vaultlink/core/provider";
import type { OnePasswordErrorRule } from "../errors.ts";

export const HINT = "export OP_CONNECT_TOKEN=…";

/** Our own words for an answer that is none of a Connect server's, and for one that is too long. */
export const FOREIGN = "not what a Connect server says";
export const TOO_LARGE = "too large";

/**
 * Every failure we know of a Connect server; the first that fits counts. Statuses as the published description has them:
 * https://github.com/1Password/connect/blob/main/docs/openapi/spec.yaml, v1.7.1. What an item lacks is told by the rows
 * that all methods share.
 */
export const CONNECT_ERRORS: readonly OnePasswordErrorRule[] = [
  {
    elsewhere: true,
    code: "unavailable",
    message: "The Connect server's answer leads elsewhere, where no token is sent.",
  },
  { codes: ["TimeoutError"], code: "timeout", message: "The Connect server did not answer in time." },
  ...networkRules({
    "unknown-host": "The Connect server's host is not known here.",
    refused: "Nothing answers at the Connect server's address.",
  }),
  ...certificateRules("The Connect server's certificate", { untrusted: "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem" }),
  {
    // Any other that Node knows.
    codes: [""],
    code: "unavailable",
    message: "The connection to the Connect server broke before its answer was complete.",
  },
  {
    says: [TOO_LARGE],
    code: "unusable",
    message: "The Connect server's answer is larger than 50 MiB.",
    reason: "too-large",
  },
  {
    status: [401],
    code: "unauthenticated",
    message: "The Connect server refuses the token: it is wrong, revoked or expired.",
    hint: HINT,
  },
  { status: [429], code: "throttled", message: "The Connect server asks to slow down." },
  { status: [500, 502, 503, 504], code: "unavailable", message: "The Connect server failed." },
  {
    says: [FOREIGN],
    code: "unavailable",
    message: "The answer did not come from a Connect server, or was damaged on its way.",
  },
  {
    status: [403],
    code: "denied",
    message: "The Connect server's token may not read this vault.",
    hint: "op connect token create <name> --server <server> --vault <vault>,r",
  },
  {
    code: "unavailable",
    message: "The Connect server does not know these requests.",
  },
];
