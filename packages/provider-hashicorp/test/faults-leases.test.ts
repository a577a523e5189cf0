import { createVault } from "@vaultlink/core";
import { CANARY } from "@vaultlink/stand-ins";
import { expect, it } from "vitest";
import { hashicorp } from "../src/index.ts";
import { parseLocator as at } from "@vaultlink/test-support";
import { context, open, refused, useVault } from "./support.ts";

/* Credentials that the vault made and nobody holds, and renewals that change who we are. */

const server = useVault();
const CREDS = "database/creds/app";
const revoked = (): readonly boolean[] =>
  server.vault
    .leases()
    .slice(-1)
    .map((lease) => lease.revoked);

it.each([
  ["breaks off", { kind: "cut" }, "unavailable"],
  ["is cut and looks whole", { kind: "truncated" }, "unavailable"],
  ["is too large", { kind: "oversize" }, "unusable"],
] as const)("R8: ends the credential whose answer %s", async (_, fault, code) => {
  const { session, read } = await open(server.vault.env);
  await read("secret/app/api");
  const before = server.vault.leases().length;
  server.vault.fault({ on: "database.creds", times: 1, ...fault });
  await refused(read(CREDS), code);
  await session.close?.();
  expect(server.vault.leases()).toHaveLength(before + 1);
  expect(revoked()).toEqual([true]);
});

it("R8: ends the credential whose reader gave up before the answer came, also when closed at once", async () => {
  const { session, read } = await open(server.vault.env);
  const controller = new AbortController();
  const before = server.vault.leases().length;
  server.vault.fault({ on: "database.creds", kind: "slow", afterMs: 50, times: 1 });
  const given = refused(read(CREDS, { signal: controller.signal }), "aborted");
  await expect.poll(() => server.vault.leases()).toHaveLength(before + 1);
  controller.abort();
  await given;
  await session.close?.();
  expect(revoked()).toEqual([true]);
});

it("R8: ends the credential of an answer without fields", async () => {
  const { session, read } = await open(server.vault.env);
  const body = { request_id: "r", lease_id: "database/creds/app/of-nothing", lease_duration: 60, data: null };
  server.vault.fault({ on: "database.creds", kind: "status", status: 200, body });
  await refused(read(CREDS), "unusable");
  await session.close?.();
  expect(server.vault.log.count("leases.revoke")).toBe(1);
});

it("R8: ends nothing that was delivered", async () => {
  const { session, read } = await open(server.vault.env);
  const controller = new AbortController();
  await expect(read(CREDS, { signal: controller.signal })).resolves.toMatchObject({ id: CREDS });
  controller.abort();
  await session.close?.();
  expect(server.vault.log.count("leases.revoke")).toBe(0);
});

it("R8: takes no text of a secret for a lease", async () => {
  const { session, read } = await open(server.vault.env);
  const body = '{"request_id":"r","lease_id":"","data":{"note":"\\"lease_id\\":\\"x\\"","lease_id":"y"';
  server.vault.fault({ on: "database.creds", kind: "status", status: 200, body });
  await refused(read(CREDS), "unavailable");
  await session.close?.();
  expect(server.vault.log.count("leases.revoke")).toBe(0);
});

it("R8: leaves one credential of a read that core repeats", async () => {
  const vault = createVault({ connections: { hcv: hashicorp() }, env: server.vault.env });
  const before = server.vault.leases().length;
  server.vault.fault({ on: "database.creds", kind: "cut", times: 1 });
  await vault.get(`hcv://${CREDS}#username`);
  await expect
    .poll(() =>
      server.vault
        .leases()
        .slice(before)
        .map((lease) => lease.revoked),
    )
    .toEqual([true, false]);
  await vault.close();
});

const auth = (more: object): object => ({
  accessor: "a",
  policies: ["app", "default"],
  lease_duration: 600,
  renewable: true,
  ...more,
});

it.each([
  ["another entity", auth({ entity_id: "another" })],
  ["another token", auth({ accessor: "other" })],
  ["other policies", auth({ policies: ["app", "audit", "default"] })],
  ["a group's policies", auth({ identity_policies: ["group"] })],
])("R1: ends the session at a renewal that stands for %s", async (_, answer) => {
  const token = server.vault.issueToken({ policies: ["app"], ttl: 600 });
  const { session, read } = await open({ VAULT_ADDR: server.vault.url }, { auth: { token } });
  server.vault.fault({ on: "renew-self", kind: "status", status: 200, body: { request_id: "r", auth: answer } });
  await refused(session.renew?.(context({})) ?? Promise.resolve(), "unauthenticated");
  await refused(read("secret/app/api"), "unauthenticated");
  await refused(session.version?.(at("secret/app/api"), context({})) ?? Promise.resolve(), "unauthenticated");
  expect(server.vault.log.count("kv2.*")).toBe(0);
  await session.close?.();
});

it("R1: goes on with a renewal of the same token", async () => {
  const token = server.vault.issueToken({ policies: ["app"], ttl: 600 });
  const { session, read } = await open({ VAULT_ADDR: server.vault.url }, { auth: { token } });
  expect(await session.renew?.(context({}))).toBeGreaterThan(0);
  await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
  await session.close?.();
});

it("R1: still ends at the vault what we obtained, although it stands for another now", async () => {
  const { roleId, secretId } = server.vault.credentials["app"]?.approle ?? { roleId: "", secretId: `${CANARY}none` };
  const { session } = await open({ VAULT_ADDR: server.vault.url }, { auth: { method: "approle", roleId, secretId } });
  const body = { request_id: "r", auth: auth({ entity_id: "another" }) };
  server.vault.fault({ on: "renew-self", kind: "status", status: 200, body });
  await refused(session.renew?.(context({})) ?? Promise.resolve(), "unauthenticated");
  await session.revoke?.(context({}));
  expect(server.vault.log.count("revoke-self")).toBe(1);
  await session.close?.();
});

it.each([
  ["renewal", "renew-self"],
  ["login", "login.approle"],
])("H3: says what a %s without a token means, once", async (_, route) => {
  const { roleId, secretId } = server.vault.credentials["app"]?.approle ?? { roleId: "", secretId: `${CANARY}none` };
  const options = { auth: { method: "approle", roleId, secretId } } as const;
  server.vault.fault({ on: route, kind: "status", status: 200, body: { request_id: "r", data: null, auth: null } });
  if (route === "login.approle") {
    await refused(open({ VAULT_ADDR: server.vault.url }, options), "unauthenticated");
  } else {
    const { session } = await open({ VAULT_ADDR: server.vault.url }, options);
    await refused(session.renew?.(context({})) ?? Promise.resolve(), "unusable");
    await session.close?.();
  }
  expect(server.vault.log.count(route)).toBe(1);
});
