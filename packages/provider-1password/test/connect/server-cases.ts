import { temporaryCertificate } from "@vaultlink/test-support";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthority, endedYesterday, startOnePasswordConnect } from "@vaultlink/stand-ins";
import { type Case, opening, reading, spoiled } from "./cases.ts";
import { withConnect } from "./support.ts";

const TOKEN = "export OP_CONNECT_TOKEN=…";
const DAMAGED = "The answer did not come from a Connect server, or was damaged on its way.";
const BROKE = "The connection to the Connect server broke before its answer was complete.";
const UNKNOWN = "The Connect server does not know these requests.";
const FAILED = "The Connect server failed.";

/** What befalls whoever asks a Connect server. */
export const SERVER_CASES: readonly Case[] = [
  {
    when: "the answer leads elsewhere",
    cause: spoiled({ on: "vaults.list", kind: "redirect", to: "http://127.0.0.1:9" }),
    code: "unavailable",
    message: "The Connect server's answer leads elsewhere, where no token is sent.",
    native: { status: 307 },
  },
  {
    when: "nothing comes back in time",
    cause: (fixture) => {
      fixture.vault.fault({ on: "vaults.list", kind: "hang" });
      return opening(() => fixture.vault.url, 50)(fixture);
    },
    code: "timeout",
    message: "The Connect server did not answer in time.",
    native: { code: "TimeoutError" },
  },
  {
    when: "nothing more comes back in time",
    cause: (fixture) => {
      fixture.vault.fault({ on: "vaults.list", kind: "hang", at: "body" });
      return opening(() => fixture.vault.url, 50)(fixture);
    },
    code: "timeout",
    message: "The Connect server did not answer in time.",
  },
  {
    when: "the host is not known",
    cause: opening(() => "https://nowhere.invalid"),
    code: "unavailable",
    message: "The Connect server's host is not known here.",
  },
  {
    when: "nobody listens",
    cause: opening(async () => {
      const gone = await startOnePasswordConnect();
      await gone.stop();
      return gone.url;
    }),
    code: "unavailable",
    message: "Nothing answers at the Connect server's address.",
    native: { code: "ECONNREFUSED" },
  },
  {
    when: "the certificate is nobody's we know",
    cause: async (fixture) => {
      const secure = await startOnePasswordConnect({ tls: temporaryCertificate() });
      try {
        return await opening(() => secure.url)(fixture);
      } finally {
        await secure.stop();
      }
    },
    code: "unavailable",
    message: "The Connect server's certificate is not trusted.",
    hint: "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem",
    native: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
  },
  ...[
    { names: ["elsewhere.example"], expired: false, said: "is for another host name." },
    {
      names: ["127.0.0.1"],
      expired: true,
      said: "has expired, or is not valid yet.",
    },
  ].map(({ names, expired, said }): Case => ({
    when: `the certificate ${said}`,
    cause: async ({ vault }) => {
      const authority = createAuthority();
      const folder = mkdtempSync(join(tmpdir(), "connect-ca-"));
      const NODE_EXTRA_CA_CERTS = join(folder, "ca.pem");
      writeFileSync(NODE_EXTRA_CA_CERTS, authority.ca);
      const secure = await startOnePasswordConnect({
        tls: authority.issue(names, expired ? endedYesterday() : undefined),
      });
      try {
        const env = { ...vault.env, OP_CONNECT_HOST: secure.url, NODE_EXTRA_CA_CERTS };
        return await withConnect({ env }, () => Promise.resolve());
      } finally {
        await secure.stop();
        rmSync(folder, { recursive: true });
      }
    },
    code: "unavailable",
    message: `The Connect server's certificate ${said}`,
  })),
  {
    when: "the connection is reset",
    cause: spoiled({ on: "vaults.list", kind: "drop" }),
    code: "unavailable",
    message: BROKE,
  },
  {
    when: "the connection is gone in the middle of an answer",
    cause: spoiled({ on: "items.get", kind: "cut" }),
    code: "unavailable",
    message: BROKE,
  },
  {
    when: "an answer does not end",
    cause: spoiled({ on: "items.get", kind: "oversize", bytes: 51 * 1024 * 1024 }),
    code: "unusable",
    message: "The Connect server's answer is larger than 50 MiB.",
    reason: "too-large",
  },
  {
    when: "the token is a stranger's",
    cause: ({ vault }) =>
      withConnect({ env: { ...vault.env, OP_CONNECT_TOKEN: "vlcanary-x" } }, () => Promise.resolve()),
    code: "unauthenticated",
    message: "The Connect server refuses the token: it is wrong, revoked or expired.",
    hint: TOKEN,
    native: { status: 401 },
  },
  {
    when: "the token was revoked in mid-life",
    cause: (fixture) => {
      fixture.vault.revoke("app");
      return reading("App/db/username")(fixture);
    },
    code: "unauthenticated",
    message: "The Connect server refuses the token: it is wrong, revoked or expired.",
    hint: TOKEN,
  },
  {
    when: "it is asked too much",
    cause: spoiled({ on: "items.list", kind: "throttle", retryAfter: 3 }),
    code: "throttled",
    message: "The Connect server asks to slow down.",
    native: { status: 429 },
  },
  ...[500, 502, 503, 504].map((status): Case => ({
    when: `it fails with ${status}`,
    cause: spoiled({ on: "items.get", kind: "status", status }),
    code: "unavailable",
    message: FAILED,
    native: { status },
  })),
  {
    when: "it fails and says nothing",
    cause: spoiled({ on: "vaults.list", kind: "empty", status: 500 }),
    code: "unavailable",
    message: FAILED,
  },
  {
    when: "a page answers",
    cause: spoiled({ on: "items.list", kind: "html" }),
    code: "unavailable",
    message: DAMAGED,
  },
  {
    when: "a page says that there is no such thing",
    cause: spoiled({ on: "items.get", kind: "html", status: 404 }),
    code: "unavailable",
    message: DAMAGED,
  },
  {
    when: "a page forbids it",
    cause: spoiled({ on: "items.get", kind: "html", status: 403 }),
    code: "unavailable",
    message: DAMAGED,
  },
  {
    when: "half an answer arrives",
    cause: spoiled({ on: "items.get", kind: "truncated" }),
    code: "unavailable",
    message: DAMAGED,
  },
  {
    when: "half a file arrives",
    cause: spoiled({ on: "files.content", kind: "truncated" }, "App/files/config.txt"),
    code: "unavailable",
    message: DAMAGED,
  },
  {
    when: "a page comes for a file",
    cause: spoiled({ on: "files.content", kind: "html" }, "App/files/config.txt"),
    code: "unavailable",
    message: DAMAGED,
  },
  ...[{}, [{ id: 7 }], [null], [{ id: "a", name: 7 }]].map((body, index): Case => ({
    when: `it gives something else than vaults (${index})`,
    cause: spoiled({ on: "vaults.list", kind: "status", status: 200, body }),
    code: "unavailable",
    message: DAMAGED,
  })),
  ...[[], { id: "a", fields: {} }, { id: "a", fields: [{ id: "b", value: 7 }] }, { id: "a", files: [{ id: "b" }] }].map(
    (body, index): Case => ({
      when: `it gives something else than an item (${index})`,
      cause: spoiled({ on: "items.get", kind: "status", status: 200, body }),
      code: "unavailable",
      message: DAMAGED,
    }),
  ),
  {
    when: "the vault is not the token's",
    cause: (fixture) =>
      reading(`${fixture.vault.idOf("Audit")}/${fixture.vault.idOf("Audit", "report")}/password`)(fixture),
    code: "denied",
    message: "The Connect server's token may not read this vault.",
    hint: "op connect token create <name> --server <server> --vault <vault>,r",
    native: { status: 403 },
  },
  {
    when: "it has no vaults at all",
    cause: spoiled({ on: "vaults.list", kind: "status", status: 404 }),
    code: "unavailable",
    message: UNKNOWN,
  },
  {
    when: "it does not take a filter",
    cause: spoiled({ on: "items.list", kind: "status", status: 400 }),
    code: "unavailable",
    message: UNKNOWN,
  },
];
