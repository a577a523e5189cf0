import { AZURE_SEED } from "@vaultlink/stand-ins";
import { readOne } from "../support.ts";
import type { Case, Fault } from "./case.ts";
import type { AzureOptions } from "../../src/index.ts";

/** A machine whose endpoint meets this. */
function machine(fault?: Fault, options: AzureOptions = {}, endpoint?: string): Case["cause"] {
  return (azure) => {
    if (fault) azure.fault({ on: "machine.*", ...fault });
    const { AZURE_KEYVAULT_URL, NODE_EXTRA_CA_CERTS } = azure.env as Record<
      "AZURE_KEYVAULT_URL" | "NODE_EXTRA_CA_CERTS",
      string
    >;
    const env = {
      ...{ AZURE_KEYVAULT_URL, NODE_EXTRA_CA_CERTS },
      IDENTITY_ENDPOINT: endpoint ?? `${azure.machine}/msi/token`,
      IDENTITY_HEADER: AZURE_SEED.machineHeader,
    };
    return readOne({ ...options, auth: { method: "managed-identity", ...options.auth } }, { env });
  };
}
const HINT = "az identity list";

/** What the place says where machines find their tokens. */
export const PLATFORM_CASES: readonly Case[] = [
  {
    when: "it is too much",
    cause: machine({ kind: "throttle", retryAfter: 5 }),
    code: "throttled",
    message: "The platform's token endpoint asks to slow down.",
    retryAfterMs: 5000,
  },
  {
    when: "it is too much, without a word",
    cause: machine({ kind: "empty", status: 429 }),
    code: "throttled",
    message: "The platform's token endpoint asks to slow down, without a word.",
  },
  {
    when: "it has no such identity",
    cause: machine(undefined, { auth: { clientId: "nobody" } }),
    code: "unauthenticated",
    message: "The platform has no such managed identity.",
    hint: HINT,
  },
  {
    when: "it refuses",
    cause: machine({ kind: "status", status: 403 }),
    code: "unauthenticated",
    message: "The platform refuses a token.",
    hint: HINT,
  },
  {
    when: "it refuses without a word",
    cause: machine({ kind: "empty", status: 403 }),
    code: "unauthenticated",
    message: "The platform refuses a token, without a word.",
    hint: HINT,
  },
  {
    when: "it fails",
    cause: machine({ kind: "status", status: 500 }),
    code: "unavailable",
    message: "The platform's token endpoint failed.",
  },
  {
    when: "it fails without a word",
    cause: machine({ kind: "empty", status: 500 }),
    code: "unavailable",
    message: "The platform's token endpoint failed without a word.",
  },
  {
    when: "nothing is there",
    cause: machine(undefined, {}, "http://127.0.0.1:9/msi/token"),
    code: "unauthenticated",
    message: "Nothing answers where this machine's identity should be found.",
    hint: HINT,
  },
  {
    when: "nothing answers in time",
    // Long enough for a slow machine to reach the vault before.
    cause: machine({ kind: "hang" }, { requestTimeoutMs: 2000 }),
    code: "timeout",
    message: "Nothing answered in time where this machine's identity should be found.",
    hint: HINT,
  },
  {
    when: "it drops the connection",
    cause: machine({ kind: "drop" }),
    code: "unavailable",
    message: "The connection to the platform's token endpoint broke before its answer was complete.",
  },
  {
    when: "its answer does not end",
    cause: machine({ kind: "oversize" }),
    code: "unavailable",
    message: "The answer of the platform's token endpoint is larger than 4 MiB.",
  },
  {
    when: "a page is there",
    cause: machine({ kind: "html" }),
    code: "unavailable",
    message: "What answered is not the platform's token endpoint.",
  },
];
