import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sighting, type Witness, witness } from "@vaultlink/stand-ins";
import { scanError } from "@vaultlink/testkit";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { hashicorp } from "../src/index.ts";
import { parseLocator as at } from "@vaultlink/test-support";
import { context, open, refused, useVault } from "./support.ts";

/* What node-vault 0.12.0 does by itself, each with the proof that it does not do it here. */

const server = useVault();
let other: Witness;
beforeAll(async () => {
  other = await witness();
});
const folders: string[] = [];
afterAll(async () => {
  await other.stop();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});
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
    expect(error.details.hint).toBe("unset VAULT_SKIP_VERIFY");
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
  await expect.poll(() => server.vault.log.count()).toBe(1);
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

/* Its helpers for signing in, each with what it really sends and the proof that ours does better. */

const HELPER = [
  'let text = ""; process.stdin.on("data", (chunk) => { text += chunk; }).on("end", () => {',
  "  const { endpoint, name, given, token } = JSON.parse(text);",
  "  const end = () => process.exit(0);",
  '  require("node-vault")({ endpoint, token, noCustomHTTPVerbs: true })[name](given).then(end, end);',
  "});",
].join("\n");

/** What a helper of node-vault sends: it runs in a process of its own, and talks to a host that only watches. */
async function sentBy(name: string, given: object, token = ""): Promise<Sighting | undefined> {
  const watcher = await witness();
  const child = spawn(process.execPath, ["-e", HELPER], {
    cwd: import.meta.dirname,
    env: {},
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.stdin.end(JSON.stringify({ endpoint: watcher.url, name, given, token }));
  await once(child, "exit");
  await watcher.stop();
  return watcher.sightings[0];
}
const sent = (): readonly string[] => server.vault.log.requests.map(({ path }) => path);

it("signs in from Kubernetes at the method's path, which its helper leaves out", async () => {
  const { jwt } = server.vault.credentials["app"]?.kubernetes ?? { jwt: "" };
  expect((await sentBy("kubernetesLogin", { role: "app", jwt }))?.path).toBe("/v1/auth//login");
  const { session } = await open(
    { VAULT_ADDR: server.vault.url, VAULT_AUTH_ROLE: "app" },
    { auth: { method: "kubernetes", jwtFile: await fileOf(jwt) } },
  );
  await session.close?.();
  expect(sent()).toEqual(["/v1/auth/kubernetes/login"]);
});

it.each(["userpass", "ldap"] as const)("spells a user name for %s as a URL does, not as HTML does", async (method) => {
  const credentials = { username: "a&b='d", password: "vlcanary-password" };
  expect((await sentBy(`${method}Login`, credentials))?.path).toContain("&amp;");
  await refused(open({ VAULT_ADDR: server.vault.url }, { auth: { method, ...credentials } }), "unauthenticated");
  expect(sent()).toEqual([`/v1/auth/${method}/login/${encodeURIComponent(credentials.username)}`]);
});

it("signs in with a certificate at any mount, where its helper knows one", async () => {
  expect((await sentBy("certLogin", {}))?.path).toBe("/v1/auth/cert/login");
  // Told of another mount it throws, and sends nothing.
  expect(await sentBy("certLogin", { mount_point: "machines" })).toBeUndefined();
  const paths: string[] = [];
  const secure: typeof fetch = (input) => {
    paths.push(new URL(input instanceof Request ? input.url : input).pathname);
    return Promise.resolve(Response.json({ errors: ["permission denied"] }, { status: 403 }));
  };
  const auth = { method: "cert", mount: "machines" } as const;
  await refused(open({ VAULT_ADDR: "https://vault.test" }, { auth, fetch: secure }), "unauthenticated");
  expect(paths).toEqual(["/v1/auth/machines/login"]);
});

it("opens a wrapping with the wrapping token, where its helper shows the client's own beside it", async () => {
  const wrappedToken = server.vault.issueWrapped({ policies: ["app"] });
  const theirs = await sentBy("unwrap", { token: wrappedToken }, "vlcanary-of-the-client");
  expect(theirs?.credentials).toEqual(["x-vault-token"]);
  const { session } = await open({ VAULT_ADDR: server.vault.url }, { auth: { method: "wrapped", wrappedToken } });
  await session.close?.();
  expect(server.vault.log.requests.map(({ credential }) => credential)).toEqual(["wrapping"]);
});

async function fileOf(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "vault-defects-"));
  folders.push(folder);
  const path = join(folder, "token");
  await writeFile(path, text);
  return path;
}
