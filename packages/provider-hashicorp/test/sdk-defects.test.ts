import { createRequire } from "node:module";
import { type Witness, witness } from "@vaultlink/stand-ins";
import { scanError } from "@vaultlink/testkit";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { hashicorp } from "../src/index.ts";
import { at } from "./locator.ts";
import { context, open, refused, useVault } from "./support.ts";

/* What node-vault 0.12.0 does by itself, each with the proof that it does not do it here. */

const server = useVault();
let other: Witness;
beforeAll(async () => {
  other = await witness();
});
afterAll(() => other.stop());
afterEach(() => {
  vi.unstubAllEnvs();
});

const CANARIES = ["vlcanary-"];
const login = (): Parameters<typeof open>[0] => ({
  VAULT_ADDR: server.vault.url,
  VAULT_ROLE_ID: "role-of-app",
  VAULT_SECRET_ID: "vlcanary-app-secret-id",
});

it("sends nothing through axios, which would carry the token to other hosts", async () => {
  const resolve = createRequire(import.meta.url);
  const axios = createRequire(resolve.resolve("node-vault"))("axios") as {
    create: unknown;
    Axios: { prototype: { request: unknown } };
  };
  const created = vi.spyOn(axios as unknown as { create(): void }, "create");
  const requested = vi.spyOn(axios.Axios.prototype as { request(): void }, "request");
  const { session, read } = await open(login(), { auth: { method: "approle" } });
  await read("secret/app/db");
  for await (const _ of session.list?.({ prefix: "secret/app/" }, context({})) ?? []) break;
  await session.renew?.(context({}));
  await refused(read("secret/app/nope"), "not_found");
  await session.revoke?.(context({}));
  await session.close?.();
  expect(server.vault.log.count()).toBe(7);
  expect(created).not.toHaveBeenCalled();
  expect(requested).not.toHaveBeenCalled();
});

it("shows no token in the error of a broken line", async () => {
  const { session, read } = await open(server.vault.env);
  server.vault.fault({ on: "*", kind: "drop" });
  const error = await refused(read("secret/app/db"), "unavailable");
  expect(error.details.native).toEqual({ code: "ECONNRESET" });
  await session.close?.();
});

it("does not follow a redirect, and names where it leads", async () => {
  const { session, read } = await open(server.vault.env);
  await read("secret/app/db");
  server.vault.set({ mode: { standby: other.url } });
  const error = await refused(read("secret/app/db"), "unavailable");
  expect(error.message).toContain(new URL(other.url).host);
  await refused(open(login(), { auth: { method: "approle" } }), "unavailable");
  expect(other.sightings).toEqual([]);
  await session.close?.();
});

it("prints no login, whatever DEBUG says", async () => {
  const resolve = createRequire(import.meta.url);
  const debug = createRequire(resolve.resolve("node-vault"))("debug") as {
    enable(names: string): void;
    disable(): string;
  };
  const printed = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  debug.enable("*");
  try {
    const { session, read } = await open(login(), { auth: { method: "approle" } });
    await read("secret/app/db");
    await session.close?.();
  } finally {
    debug.disable();
  }
  expect(printed).not.toHaveBeenCalled();
});

it.each(["true", "1", "yes", "FALSE!"])("refuses VAULT_SKIP_VERIFY=%s instead of obeying it", async (wish) => {
  for (const name of ["VAULT_SKIP_VERIFY", "BAO_SKIP_VERIFY"]) {
    const error = await refused(open({ ...server.vault.env, [name]: wish }), "invalid_config");
    expect(error.details.mend).toBe("unset VAULT_SKIP_VERIFY");
  }
  expect(server.vault.log.count()).toBe(0);
});

it.each(["false", "False", "0", ""])("takes VAULT_SKIP_VERIFY=%s for what it says", async (wish) => {
  const { session, read } = await open({ ...server.vault.env, VAULT_SKIP_VERIFY: wish });
  await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
  await session.close?.();
});

it("takes nothing from the environment of the process", async () => {
  const stranger = {
    VAULT_ADDR: other.url,
    VAULT_TOKEN: "vlcanary-process-token",
    VAULT_NAMESPACE: "nowhere",
    VAULT_PREFIX: "/x",
  };
  for (const [name, value] of Object.entries(stranger)) vi.stubEnv(name, value);
  const { session, read } = await open(server.vault.env);
  await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
  await session.close?.();
  const applied = await open(login(), { auth: { method: "approle" } });
  await applied.session.close?.();
  await refused(open({}), "invalid_config");
  await refused(open({ VAULT_ADDR: server.vault.url }), "unauthenticated");
  expect(server.vault.log.requests.map(({ credential }) => credential)).toEqual(["app", "app", "app", "none"]);
  expect(other.sightings).toEqual([]);
});

it("encodes what a path may hold", async () => {
  const { session, read } = await open(server.vault.env);
  server.vault.put("secret/app/a b?list=1#x%2F..%2F&é", { password: "vlcanary-encoded" });
  const document = await session.read({ path: "secret/app/a b?list=1#x%2F..%2F&é", query: {} }, context({}));
  expect(document.value).toEqual({ password: "vlcanary-encoded" });
  await refused(session.read({ path: "secret/app/&#x2F;db", query: {} }, context({})), "not_found");
  expect(server.vault.log.requests.at(-1)?.path).toBe("/v1/secret/data/app/%26%23x2F%3Bdb");
  await read("secret/app/db");
  await session.close?.();
});

it("ends a request when its signal says so, and not when another's does", async () => {
  const { session, read } = await open(server.vault.env);
  await read("secret/app/db");
  server.vault.log.clear();
  server.vault.fault({ on: "GET /v1/secret/data/app/db", kind: "hang" });
  const controller = new AbortController();
  const given = session.read(at("secret/app/db"), context({}, { signal: controller.signal }));
  const refusal = refused(given, "aborted");
  await vi.waitFor(() => expect(server.vault.log.count()).toBe(1));
  await expect(session.read(at("secret/app/api"), context({}))).resolves.toBeDefined();
  controller.abort();
  await refusal;
  await session.close?.();
});

it("keeps the time to wait, which node-vault's errors lack", async () => {
  const { session, read } = await open(server.vault.env);
  server.vault.fault({ on: "*", kind: "throttle", retryAfter: 30 });
  const error = await refused(read("secret/app/db"), "throttled");
  expect(error.details.retryAfterMs).toBe(30_000);
  await session.close?.();
});

it("refuses a token that no header can carry, without quoting it", async () => {
  for (const token of ["vlcanary-two\nlines", "vlcanary-é", "vlcanary token"]) {
    const thrown: unknown = await hashicorp({ address: server.vault.url, auth: { token } })
      .open(context({}))
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: "unauthenticated" });
    expect(scanError(thrown, CANARIES)).toEqual([]);
  }
  expect(server.vault.log.count()).toBe(0);
});
