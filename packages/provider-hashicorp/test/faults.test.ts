import { gzipSync } from "node:zlib";
import type { ErrorCode } from "@vaultlink/core/provider";
import { createVault } from "@vaultlink/core";
import { CANARY, serve } from "@vaultlink/stand-ins";
import { expect, it } from "vitest";
import { hashicorp, type HashicorpOptions } from "../src/index.ts";
import { parseLocator as at } from "@vaultlink/test-support";
import { context, open, refused, useVault } from "./support.ts";

/* Faults of reading, each kind a table: docs of other tools' bug reports give the inputs, the vault's own client the right value. */

const server = useVault();
const routes = (): readonly string[] => server.vault.log.requests.map(({ route }) => route);

/** A token that may read everything in the namespace, from outside of it. */
function envOfWide(): Record<string, string> {
  server.vault.setPolicy("wide", { "division/*": ["read", "list"], "auth/*": ["read"], "kv1/*": ["read"] });
  return { VAULT_ADDR: server.vault.url, VAULT_TOKEN: server.vault.issueToken({ policies: ["wide"] }) };
}

const INTERNAL = [
  "auth/token/lookup-self",
  "sys/health",
  "identity/oidc/token/role",
  "cubbyhole/response",
  "division/auth/token/lookup-self",
  "division/auth/token/accessors/x",
  "division/sys/mounts",
  "division/identity/oidc/token/role",
  "division/cubbyhole/response",
];

it.each(INTERNAL)("H2: refuses %s, where the vault keeps its own state", async (path) => {
  const { session, read } = await open(envOfWide());
  server.vault.log.clear();
  await refused(read(path), "invalid_reference");
  await refused(session.version?.(at(path), context({})) ?? Promise.resolve(), "invalid_reference");
  expect(routes().filter((route) => route !== "mounts")).toEqual([]);
  await session.close?.();
});

it.each(INTERNAL)("H2: lists nothing at %s", async (path) => {
  const { session } = await open(envOfWide());
  server.vault.log.clear();
  const listed = session.list?.({ prefix: `${path}/` }, context({}));
  await refused(Promise.resolve(listed?.[Symbol.asyncIterator]().next()), "invalid_reference");
  expect(routes().filter((route) => route !== "mounts")).toEqual([]);
  await session.close?.();
});

it.each<[string, Parameters<typeof server.vault.set>[0], HashicorpOptions]>([
  ["the configuration says KV 1", {}, { mount: "division", kvVersion: 1 }],
  ["the vault does not tell, and KV 1 is configured", { mountsEndpoint: "refused" }, { kvVersion: 1 }],
  ["the vault does not know the question", { mountsEndpoint: "absent" }, {}],
])("H2: refuses a namespace's token internals where %s", async (_, settings, options) => {
  server.vault.set(settings);
  const { session, read } = await open(envOfWide(), options);
  server.vault.log.clear();
  await refused(read("division/auth/token/lookup-self"), "invalid_reference");
  expect(routes()).toEqual(["mounts"]);
  await session.close?.();
});

it("H2: takes nothing for KV 2 that has not its frame", async () => {
  server.vault.set({ mountsEndpoint: "refused" });
  const { session, read } = await open(envOfWide());
  const self = { request_id: "r", data: { id: `${CANARY}token`, accessor: "a", policies: ["root"], metadata: {} } };
  server.vault.fault({ on: "*", kind: "status", status: 200, body: self, times: 2 });
  await expect(read("division/auth/token/lookup-self")).rejects.toMatchObject({ code: "unusable" });
  await session.close?.();
});

it.each(["secret/auth/db", "secret/sys/db", "kv1/auth/token/lookup-self", "team/kv/cubbyhole/db"])(
  "H2: reads %s, which is a secret like any other",
  async (path) => {
    server.vault.put(path, { password: `${CANARY}below-auth` });
    const env = { VAULT_ADDR: server.vault.url, VAULT_TOKEN: server.vault.rootToken };
    for (const options of [{}, { mount: "kv1", kvVersion: 1 }] as const) {
      const { session, read } = await open(env, options);
      await expect(read(path)).resolves.toMatchObject({ value: { password: `${CANARY}below-auth` } });
      await session.close?.();
    }
  },
);

const FRAME = { request_id: "r", lease_id: "", data: null, wrap_info: null, warnings: null, auth: null };
const WRAPPED = { ...FRAME, wrap_info: { token: `${CANARY}wrapped`, ttl: 60 } };
const PEM = "-----BEGIN CERTIFICATE-----\n";

it.each<[string, string, unknown, string, ErrorCode, string | undefined]>([
  ["nothing in KV 2", "secret/app/db", { ...FRAME, data: { data: null, metadata: {} } }, "", "unusable", "empty"],
  ["no frame in KV 2", "secret/app/db", FRAME, "", "unusable", "empty"],
  ["nothing in KV 1", "kv1/app/plain", FRAME, "", "unusable", "empty"],
  ["nothing of an engine", "database/creds/app", FRAME, "", "unusable", "empty"],
  ["a control group's wrapping", "secret/app/db", WRAPPED, "", "unusable", "wrapped"],
  ["an engine's wrapping", "database/creds/app", WRAPPED, "", "unusable", "wrapped"],
  ["a certificate", "database/ca/pem", PEM, "application/pem-certificate-chain", "unusable", "not-fields"],
  ["a key as plain text", "database/public_key", "ssh-rsa AAAA", "text/plain", "unusable", "not-fields"],
  ["a directory of an engine's own", "database/acme", { newNonce: "x" }, "", "unusable", "not-fields"],
  ["a page in place of a key", "database/public_key", "<html></html>", "text/html", "unavailable", undefined],
  ["a page in place of a secret", "secret/app/db", "<html></html>", "text/html", "unavailable", undefined],
  ["plain text in place of a secret", "secret/app/db", "busy", "text/plain", "unavailable", undefined],
  ["somebody's JSON in place of a secret", "secret/app/db", { ok: true }, "", "unavailable", undefined],
  ["half an answer", "database/creds/app", '{"request_id":"r","da', "", "unavailable", undefined],
])("H3: says what a success with %s means", async (_, path, body, type, code, reason) => {
  const { session, read } = await open({ VAULT_ADDR: server.vault.url, VAULT_TOKEN: server.vault.rootToken });
  const headers = type === "" ? {} : { headers: { "content-type": type } };
  server.vault.fault({ on: "GET /v1/secret/*", kind: "status", status: 200, body, ...headers });
  server.vault.fault({ on: "GET /v1/kv1/*", kind: "status", status: 200, body, ...headers });
  server.vault.fault({ on: "GET /v1/database/*", kind: "status", status: 200, body, ...headers });
  const error = await refused(read(path), code);
  expect(error.details.reason).toBe(reason);
  await session.close?.();
});

it("H3: asks once for what has no fields, and goes on reading its healthy neighbours", async () => {
  const connections = { hcv: hashicorp() };
  const vault = createVault({ connections, env: server.vault.env, cache: { ttl: 0 } });
  server.vault.fault({ on: "GET /v1/secret/data/app/db", kind: "status", status: 200, body: WRAPPED });
  for (let round = 1; round <= 6; round++) {
    const [odd, healthy] = await Promise.allSettled([
      vault.get("hcv://secret/app/db#password"),
      vault.get("hcv://secret/app/api#key"),
    ]);
    expect(odd).toMatchObject({ status: "rejected", reason: { code: "unusable" } });
    expect(healthy.status).toBe("fulfilled");
  }
  const asked = server.vault.log.requests.filter(({ path }) => path === "/v1/secret/data/app/db");
  expect(asked.length).toBeLessThanOrEqual(6);
  await vault.close();
});

it.each([
  "missing client token",
  "not renewable",
  "lease is not renewable",
  "batch tokens cannot be revoked",
  "upgrading from non-versioned",
  "invalid token",
])("A4: takes the name of a role, %s, for no words of the vault", async (role) => {
  const { session, read } = await open({ VAULT_ADDR: server.vault.url, VAULT_TOKEN: server.vault.rootToken });
  await refused(read(`database/creds/${role}`), "invalid_reference");
  await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
  await session.close?.();
});

const NUMBERS = ["12345678901234567890", "1.50", "1e5", "1E400", "-0", "0.1", "100000000000000000001", "7"];
const FIELDS = `{${NUMBERS.map((number, index) => `"n${index}":${number}`).join()},"deep":{"list":[1.10]}}`;

it.each([
  ["KV 2", "secret/app/db", `{"request_id":"r","data":{"data":${FIELDS},"metadata":{"version":3}}}`],
  ["KV 1", "kv1/app/plain", `{"request_id":"r","data":${FIELDS}}`],
  ["an engine", "database/creds/app", `{"request_id":"r","lease_id":"l","lease_duration":60,"data":${FIELDS}}`],
])("C2: keeps the digits of numbers in %s as the vault sends them", async (_, path, body) => {
  const vault = createVault({ connections: { hcv: hashicorp() }, env: server.vault.env });
  server.vault.fault({ on: `GET /v1/${path.replace("secret/", "secret/data/")}`, kind: "status", status: 200, body });
  for (const [index, number] of NUMBERS.entries()) {
    expect((await vault.get(`hcv://${path}#n${index}`)).reveal()).toBe(number);
  }
  expect((await vault.get(`hcv://${path}#/deep/list/0`)).reveal()).toBe("1.10");
  await vault.close();
});

const NAMES = ["a\\b", "a.", "...", "..a", " a ", "a%b", "a%2Fb", "a+*", "{{x}}", "é", "e\u0301", "😀"];

it.each(NAMES)("H10: reads and lists a secret named %j", async (name) => {
  server.vault.put(`secret/app/names/${name}`, { password: `${CANARY}of-a-name` });
  const { session } = await open(server.vault.env);
  const found = await session.read({ path: `secret/app/names/${name}`, query: {} }, context({}));
  expect(found).toMatchObject({ value: { password: `${CANARY}of-a-name` }, id: `secret/app/names/${name}` });
  const listed: string[] = [];
  for await (const { locator } of session.list?.({ prefix: "secret/app/names/" }, context({})) ?? []) {
    listed.push(locator.path);
  }
  expect(listed).toContain(`secret/app/names/${name}`);
  await session.close?.();
});

it("H10: reads a name with a backslash through a reference", async () => {
  server.vault.put("secret/app/win\\db", { password: `${CANARY}backslash` });
  const vault = createVault({ connections: { hcv: hashicorp() }, env: server.vault.env });
  for (const reference of ["hcv://secret/app/win\\db#password", "hcv://secret/app/win%5Cdb#password"]) {
    expect((await vault.get(reference)).reveal()).toBe(`${CANARY}backslash`);
  }
  await vault.close();
});

it("A7: lists what a vault repeats or makes up once, and nothing that cannot be read", async () => {
  const keys = ["db", "", "..", ".", "/", "a//b", "folder/", "../", 7];
  const { session } = await open(server.vault.env);
  server.vault.fault({ on: "kv2.list", kind: "status", status: 200, body: { request_id: "r", data: { keys } } });
  const listed: string[] = [];
  for await (const { locator } of session.list?.({ prefix: "secret/app/" }, context({})) ?? []) {
    listed.push(locator.path);
  }
  expect(listed).toEqual(["secret/app/db", "secret/app/folder/"]);
  await session.close?.();
});

it.each(["node", "fetch"])("R13: does not unpack a small answer to a huge one (%s)", async (how) => {
  const bomb = gzipSync(`{"data":{"pad":"${"x".repeat(32 * 1024 * 1024)}"}}`);
  const headers = { "content-type": "application/json", "content-encoding": "gzip" };
  const packed = await serve(
    {
      describe: () => ({ route: "bomb", credential: "none", write: false }),
      answer: () => ({ status: 200, headers, body: bomb }),
      throttled: () => ({ status: 429 }),
      failure: (_, status) => ({ status }),
    },
    server.vault.clock,
  );
  const options: HashicorpOptions = { auth: { token: `${CANARY}any` }, ...(how === "fetch" && { fetch }) };
  const thrown: unknown = await open({ VAULT_ADDR: packed.url }, options).catch((error: unknown) => error);
  expect(["unavailable", "unusable"]).toContain((thrown as { code?: unknown }).code);
  await packed.stop();
});
