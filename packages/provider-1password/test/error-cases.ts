import type { OnePasswordStandIn } from "@vaultlink/stand-ins";
import { type Case as CaseOf, read } from "./case.ts";

export type Case = CaseOf<OnePasswordStandIn>;

type Fault = Parameters<OnePasswordStandIn["fault"]>[0];

/** A read that the server spoils. */
function spoiled(fault: Fault, reference = "App/db/username"): Case["cause"] {
  return (fixture) => {
    fixture.vault.fault(fault);
    return read(fixture, reference);
  };
}

const TOKEN = "export OP_SERVICE_ACCOUNT_TOKEN=…";

/** What befalls a session that was opened. */
export const READ_CASES: readonly Case[] = [
  {
    when: "the answer leads elsewhere",
    cause: spoiled({ on: "vaults.list", kind: "redirect", to: "http://127.0.0.1:9" }),
    code: "unavailable",
    message: "The answer leads to another host, where no token is sent: something stands between here and 1Password.",
    native: { status: 307 },
  },
  {
    when: "a quota is used up, at the vaults",
    cause: spoiled({ on: "vaults.list", kind: "throttle" }),
    code: "throttled",
    message: "1Password's limit on requests is reached, that of the hour or that of the day.",
    hint: "op service-account ratelimit",
    native: { status: 429 },
  },
  {
    when: "a quota is used up, in the middle of a batch",
    cause: spoiled({ on: "items.overviews", kind: "throttle" }),
    code: "throttled",
    message: "1Password's limit on requests is reached, that of the hour or that of the day.",
    hint: "op service-account ratelimit",
  },
  {
    when: "a token was revoked in mid-life",
    cause: (fixture) => {
      fixture.vault.revoke("app");
      return read(fixture, "App/db/username");
    },
    code: "unauthenticated",
    message: "1Password refuses the service account token: it is wrong, revoked or expired.",
    hint: TOKEN,
    native: { status: 401 },
  },
  {
    when: "the items of a vault may not be read",
    cause: (fixture) => read(fixture, "Sealed/db/password"),
    code: "denied",
    message: "1Password does not let this service account do that.",
    hint: "op service-account create <name> --vault <vault>:read_items",
    native: { status: 403 },
  },
  {
    when: "another server says that there is no such thing",
    cause: spoiled({ on: "vaults.list", kind: "status", status: 404 }),
    code: "unavailable",
    message: "The token's sign-in address answers, but not as 1Password does.",
  },
  {
    when: "the connection is reset",
    cause: spoiled({ on: "vaults.list", kind: "drop" }),
    code: "unavailable",
    message: "The connection to 1Password broke before its answer was complete.",
  },
  {
    when: "the connection is gone in the middle of an answer",
    cause: spoiled({ on: "items.batch", kind: "cut" }),
    code: "unavailable",
    message: "The connection to 1Password broke before its answer was complete.",
  },
  {
    when: "the server fails",
    cause: spoiled({ on: "items.overviews", kind: "empty", status: 500 }),
    code: "unavailable",
    message: "1Password failed.",
    native: { status: 500 },
  },
  {
    when: "a status means nothing",
    cause: spoiled({ on: "vaults.list", kind: "status", status: 418 }),
    code: "unavailable",
    message: "1Password failed.",
  },
  {
    when: "somebody changes it at the same time",
    cause: spoiled({ on: "vaults.list", kind: "status", status: 409 }),
    code: "unavailable",
    message: "1Password was changing this just now.",
  },
  {
    when: "a page answers",
    cause: spoiled({ on: "items.overviews", kind: "html" }),
    code: "unavailable",
    message: "The answer did not come from 1Password, or was damaged on its way.",
  },
  {
    when: "half an answer arrives",
    cause: spoiled({ on: "vaults.list", kind: "truncated" }),
    code: "unavailable",
    message: "The answer did not come from 1Password, or was damaged on its way.",
  },
  {
    when: "a file is damaged",
    cause: spoiled({ on: "files.get", kind: "truncated" }, "App/files/config.txt"),
    code: "unavailable",
    message: "The answer did not come from 1Password, or was damaged on its way.",
  },
  {
    when: "a file is empty",
    cause: spoiled({ on: "files.get", kind: "empty", status: 200 }, "App/files/config.txt"),
    code: "unavailable",
    message: "1Password gave an empty file.",
  },
  {
    when: "a file is gone",
    cause: spoiled({ on: "files.get", kind: "status", status: 404 }, "App/files/config.txt"),
    code: "not_found",
    message: "The file of this item is gone.",
  },
  {
    when: "the server does not know the request",
    cause: spoiled({ on: "vaults.list", kind: "status", status: 400 }),
    code: "unavailable",
    message: "What answers at the token's sign-in address does not know these requests.",
  },
];
