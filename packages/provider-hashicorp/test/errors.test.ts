import type { SecretError } from "@vaultlink/core/provider";
import { expect, it } from "vitest";
import { ERROR_RULES } from "../src/error-rules.ts";
import { refusal } from "../src/errors.ts";
import type { Case } from "./error-cases/case.ts";
import { READING } from "./error-cases/reading.ts";
import { ELSEWHERE, LOGIN, LOOKUP } from "./error-cases/signing-in.ts";
import { open, refused, useVault } from "./support.ts";

const server = useVault();

it.each(Object.entries(READING))("tells a reader when %s", async (_name, { status, body, headers, ...expected }) => {
  const { session, read } = await open(server.vault.env);
  await read("secret/app/db");
  server.vault.fault({ on: "kv2.read", kind: "status", status, body, ...(headers && { headers }) });
  const error = await refused(read("secret/app/db"), expected.code);
  expectWords(error, expected);
  expect(error.details.native).toEqual({ status });
  await session.close?.();
});

it.each(Object.entries(LOGIN))("tells who logs in when %s", async (_name, { status, body, ...expected }) => {
  server.vault.fault({ on: "login.*", kind: "status", status, body });
  const env = { VAULT_ADDR: server.vault.url, VAULT_ROLE_ID: "role-of-app", VAULT_SECRET_ID: "vlcanary-app-secret-id" };
  const error = await refused(open(env, { auth: { method: "approle" } }), expected.code);
  expectWords(error, { ...(expected.code === "unauthenticated" && { hint: "export VAULT_SECRET_ID=…" }), ...expected });
});

it.each(Object.entries(LOOKUP))("tells who brings a token when %s", async (_name, { status, body, ...expected }) => {
  server.vault.fault({ on: "lookup-self", kind: "status", status, body });
  const error = await refused(open(server.vault.env), expected.code);
  expectWords(error, expected);
});

it.each(Object.entries(ELSEWHERE))("tells whoever asks for something else when %s", (_, { at, body, ...expected }) => {
  const error = refusal(
    { status: expected.status, body: body as Record<string, unknown> },
    { at, hint: "vaultlink reauth" },
  );
  expect([error.code, error.message]).toEqual([expected.code, expected.message]);
  expect(error.details.hint).toBe("vaultlink reauth");
});

it("has a case for every row of the table, and a sentence of its own for each", () => {
  const all = [READING, LOGIN, LOOKUP, ELSEWHERE].flatMap((cases) => Object.values(cases));
  const tried = new Set(all.map(({ message }) => message));
  const rows = ERROR_RULES.map(({ message }) => message);
  expect(rows.filter((message) => !tried.has(message))).toEqual([]);
  expect(rows.length).toBe(new Set(rows).size);
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
function expectWords(
  { details, message }: SecretError,
  { reason, hint, message: expected, retryAfterMs }: Omit<Case, "status" | "body">,
): void {
  expect(message).toBe(expected);
  expect(details).toMatchObject({ ...(reason && { reason }), ...(hint && { hint }) });
  expect(details.retryAfterMs).toBe(retryAfterMs);
}
