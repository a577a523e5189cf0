import type { ErrorCode, SecretError } from "@vaultlink/core/provider";
import { expect, it } from "vitest";
import { ERROR_RULES } from "../src/error-rules.ts";
import { open, refused, useVault } from "./support.ts";

const server = useVault();

interface Case {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly code: ErrorCode;
  readonly reason?: string;
  readonly retryAfterMs?: number;
  readonly hint?: string;
}

const document = (metadata: object): object => ({ request_id: "r", data: { data: null, metadata }, warnings: null });

/** What the vault may answer to a read: texts as HashiCorp Vault or OpenBao send them. */
const CASES: Readonly<Record<string, Case>> = {
  "no token arrived": {
    status: 400,
    body: { errors: ["missing client token"] },
    code: "unauthenticated",
    hint: "export VAULT_TOKEN=…",
  },
  "the mount is being upgraded": {
    status: 400,
    body: { errors: ["Upgrading from non-versioned to versioned data. This backend will be unavailable."] },
    code: "unavailable",
  },
  "the path is refused": { status: 400, body: { errors: ["relative paths not supported"] }, code: "invalid_reference" },
  "the token is called invalid": {
    status: 403,
    body: { errors: ["permission denied", "invalid token"] },
    code: "unauthenticated",
    hint: "export VAULT_TOKEN=…",
  },
  "the token is called invalid in one text": {
    status: 403,
    body: { errors: ["2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n"] },
    code: "unauthenticated",
  },
  "the token is called bad": { status: 403, body: { errors: ["bad token"] }, code: "unauthenticated" },
  "a policy refuses": {
    status: 403,
    body: { errors: ["1 error occurred:\n\t* permission denied\n\n"] },
    code: "denied",
    hint: "vault token capabilities <path>",
  },
  "nothing is there": { status: 404, body: { errors: [] }, code: "not_found" },
  "nothing is mounted": {
    status: 404,
    body: { errors: ['no handler for route "nope/x". route entry not found.'] },
    code: "invalid_config",
    hint: "vault secrets list",
  },
  "the namespace is not there": {
    status: 404,
    body: { errors: ["namespace not found"] },
    code: "invalid_config",
    hint: "vault namespace list",
  },
  "the mount has versions after all": {
    status: 404,
    body: { request_id: "r", data: null, warnings: ["Invalid path for a versioned K/V secrets engine. See the docs."] },
    code: "invalid_config",
  },
  "the version was deleted": {
    status: 404,
    body: document({ deletion_time: "2026-01-01T00:00:00.1Z", destroyed: false, version: 2 }),
    code: "unusable",
    reason: "deleted",
  },
  "the version was destroyed": {
    status: 404,
    body: document({ deletion_time: "2026-01-01T00:00:00.1Z", destroyed: true, version: 2 }),
    code: "unusable",
    reason: "destroyed",
  },
  "the path takes no reads": {
    status: 405,
    body: { errors: ["1 error occurred:\n\t* unsupported operation\n\n"] },
    code: "invalid_reference",
  },
  "the node is behind": { status: 412, body: { errors: ["required index state not present"] }, code: "unavailable" },
  "a rate limit is reached": {
    status: 429,
    body: { errors: ['request path "secret/x": rate limit quota exceeded'] },
    code: "throttled",
  },
  "a rate limit is reached for a time": {
    status: 429,
    body: { errors: ["rate limit quota exceeded"] },
    headers: { "retry-after": "7" },
    code: "throttled",
    retryAfterMs: 7000,
  },
  "a gateway says when to come back": {
    status: 429,
    body: "",
    headers: { "retry-after": "7" },
    code: "throttled",
    retryAfterMs: 7000,
  },
  "the node is a standby": { status: 429, body: "", code: "unavailable" },
  "the node is a standby for disasters": { status: 472, body: "", code: "unavailable" },
  "the node is a performance standby": { status: 473, body: "", code: "unavailable" },
  "the server fails": { status: 500, body: { errors: ["internal error"] }, code: "unavailable" },
  "the server fails without a word": { status: 500, body: "", code: "unavailable" },
  "the vault was never initialised": {
    status: 501,
    body: { errors: ["Vault is not initialized"] },
    code: "invalid_config",
    hint: "vault operator init",
  },
  "something behind the vault fails": { status: 502, body: { errors: ["upstream"] }, code: "unavailable" },
  "the vault is sealed": {
    status: 503,
    body: { errors: ["Vault is sealed"] },
    code: "unavailable",
    retryAfterMs: Infinity,
    hint: "vault operator unseal",
  },
  "the vault is in maintenance": {
    status: 503,
    body: "",
    headers: { "retry-after": "3" },
    code: "unavailable",
    retryAfterMs: 3000,
  },
  "a gateway times out": { status: 504, body: "<html>", code: "unavailable" },
  "a status nobody knows": { status: 418, body: { errors: ["teapot"] }, code: "unavailable" },
  "a batch token is to be ended": {
    status: 400,
    body: { errors: ["batch tokens cannot be revoked"] },
    code: "unusable",
  },
  "another server says not found": { status: 404, body: "<html>Not Found</html>", code: "unavailable" },
  "another server says forbidden": { status: 403, body: "<html>Forbidden</html>", code: "unavailable" },
  "another server says not found in JSON": { status: 404, body: { message: "no" }, code: "unavailable" },
  "a sign-in page says all is well": { status: 200, body: "<html>Sign in</html>", code: "unavailable" },
  "an empty success": { status: 200, body: "", code: "unavailable" },
  "a success that is no document": { status: 200, body: { data: ["x"] }, code: "unavailable" },
  "a success that is half JSON": {
    status: 200,
    body: '{"data": {"data": {"password": "vlcanary-half',
    code: "unavailable",
  },
};

it.each(Object.entries(CASES))("tells a reader when %s", async (_name, { status, body, headers, ...expected }) => {
  const { session, read } = await open(server.vault.env);
  await read("secret/app/db");
  server.vault.fault({ on: "kv2.read", kind: "status", status, body, ...(headers && { headers }) });
  const error = await refused(read("secret/app/db"), expected.code);
  expectWords(error, expected);
  expect(error.details.native).toEqual({ status });
  expect(error.message).toMatch(/^[A-Z].*\.$/);
  await session.close?.();
});

const LOGIN: Readonly<Record<string, Case>> = {
  "the secret id is wrong": { status: 400, body: { errors: ["invalid role or secret ID"] }, code: "unauthenticated" },
  "the credentials are refused": { status: 403, body: { errors: ["permission denied"] }, code: "unauthenticated" },
  "whoever vouches is not there": {
    status: 400,
    body: { errors: ['Get "https://issuer.test/keys": dial tcp 192.0.2.1:443: connect: connection refused'] },
    code: "unavailable",
  },
  "nothing is mounted": { status: 404, body: { errors: [] }, code: "invalid_config", hint: "vault auth list" },
  "logins are limited": { status: 429, body: { errors: ["rate limit quota exceeded"] }, code: "throttled" },
  "the vault is sealed": {
    status: 503,
    body: { errors: ["Vault is sealed"] },
    code: "unavailable",
    retryAfterMs: Infinity,
  },
  "a page is in between": { status: 200, body: "<html>", code: "unavailable" },
  "a second factor is asked for": {
    status: 200,
    body: { request_id: "r", auth: { client_token: "", mfa_requirement: { mfa_request_id: "m" } } },
    code: "unauthenticated",
    hint: "vaultlink reauth",
  },
};

it.each(Object.entries(LOGIN))("tells who logs in when %s", async (_name, { status, body, ...expected }) => {
  server.vault.fault({ on: "login.*", kind: "status", status, body });
  const env = { VAULT_ADDR: server.vault.url, VAULT_ROLE_ID: "role-of-app", VAULT_SECRET_ID: "vlcanary-app-secret-id" };
  const error = await refused(open(env, { auth: { method: "approle" } }), expected.code);
  expectWords(error, { ...(expected.code === "unauthenticated" && { hint: "export VAULT_SECRET_ID=…" }), ...expected });
});

const LOOKUP: Readonly<Record<string, Case>> = {
  "the token is unknown": { status: 403, body: { errors: ["permission denied"] }, code: "unauthenticated" },
  "there is no vault": { status: 404, body: { errors: [] }, code: "invalid_config", hint: "vault status" },
  "the vault is sealed": {
    status: 503,
    body: { errors: ["Vault is sealed"] },
    code: "unavailable",
    retryAfterMs: Infinity,
  },
  "a page is in between": { status: 200, body: "<html>", code: "unavailable" },
};

it.each(Object.entries(LOOKUP))("tells who brings a token when %s", async (_name, { status, body, ...expected }) => {
  server.vault.fault({ on: "lookup-self", kind: "status", status, body });
  const error = await refused(open(server.vault.env), expected.code);
  expectWords(error, expected);
});

it("has a case for every row of the table", () => {
  const all = [...Object.values(CASES), ...Object.values(LOGIN), ...Object.values(LOOKUP)];
  const untried = ERROR_RULES.filter(
    ({ status, code }) => !all.some((each) => status.includes(each.status) && each.code === code),
  );
  // The only one that answers neither a read nor a login; session.test.ts has it.
  expect(untried.map(({ message }) => message)).toEqual([]);
});

it.each([
  ["the token was ended", true, "unauthenticated"],
  ["a policy refuses", false, "denied"],
] as const)("E29: tells by the token itself whether %s, where the refusal is the same", async (_, isEnded, code) => {
  const { session, read } = await open(server.vault.env);
  await read("secret/app/db");
  const body = { errors: ["permission denied"] };
  server.vault.fault({ on: "kv2.read", kind: "status", status: 403, body });
  if (isEnded) server.vault.fault({ on: "lookup-self", kind: "status", status: 403, body });
  await refused(read("secret/app/db"), code);
  await session.close?.();
});

it("E29: takes a standby's word, and gives it without its body", async () => {
  const { read, session } = await open(server.vault.env);
  server.vault.set({ mode: { standby: 473 } });
  await refused(read("secret/app/db"), "unavailable");
  await session.close?.();
});

/** What a row says beside its code. A row that says nothing of a reason or a hint leaves them free. */
function expectWords({ details }: SecretError, { reason, hint, retryAfterMs }: Partial<Case>): void {
  expect(details).toMatchObject({ ...(reason && { reason }), ...(hint && { hint }) });
  expect(details.retryAfterMs).toBe(retryAfterMs);
}
