import { createVault, type Vault, type VaultOptions } from "@vaultlink/core";
import { startVault, type VaultStandIn } from "@vaultlink/stand-ins";
import { type ManualClock, manualClock } from "@vaultlink/testkit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { hashicorp, type HashicorpOptions } from "../src/index.ts";
import { pick } from "./stand-in-subject.ts";

/* What core makes of a token's life, on the stand-in: two clocks by hand, moved together. */

let server: VaultStandIn;
let clock: ManualClock;
let vault: Vault | undefined;
beforeEach(async () => {
  server = await startVault();
  // The provider counts from when it asked, by the machine's clock.
  clock = manualClock();
  vi.spyOn(Date, "now").mockImplementation(() => clock.epochMs());
});
afterEach(async () => {
  await vault?.close();
  await server.stop();
});

const SECONDS = 1000;
function pass(seconds: number): void {
  server.clock.advance(seconds * SECONDS);
  clock.advance(seconds * SECONDS);
}
function link(options: HashicorpOptions, more: Partial<VaultOptions> = {}): Vault {
  const connections = { hcv: hashicorp({ address: server.url, ...options }) };
  vault = createVault({ connections, env: {}, clock, ...more });
  return vault;
}
const approle = (): HashicorpOptions => {
  const { roleId, secretId } = pick(server.credentials, "app").approle;
  return { auth: { method: "approle", roleId, secretId } };
};
const API = "hcv://secret/app/api#key";
const expiresAt = (): number => vault?.status().connections[0]?.expiresAt ?? 0;

it("renews a token before it lapses, and signs in anew when it cannot be renewed any more", async () => {
  const hcv = link(approle(), { cache: { ttl: 0 } });
  await hcv.get(API);
  // Only a session that somebody reads with is renewed: a read before core has the vault's answer counts for the old one.
  const inUse = (what: string) => async (): Promise<number> => {
    await hcv.get(API);
    return server.log.count(what);
  };
  // Seconds after which each next step is due: 80 % of what is left of the token's 20 minutes, and of its hour in all.
  for (const seconds of [961, 961, 961, 575]) {
    const before = server.log.count("renew-self");
    pass(seconds);
    await expect.poll(inUse("renew-self")).toBe(before + 1);
  }
  expect(server.log.count("renew-self")).toBe(4);
  expect(server.log.count("login.*")).toBe(1);
  pass(115);
  await expect.poll(inUse("login.*")).toBe(2);
  // The token before is ended, which the vault answers with 204.
  expect(server.log.requests.filter(({ status = 0 }) => status >= 300)).toEqual([]);
});

it("renews a token that was found, and gives it back untouched", async () => {
  const token = server.issueToken({ policies: ["app"], ttl: 600 });
  const hcv = link({ auth: { token } });
  await hcv.get(API);
  pass(481);
  await expect.poll(() => server.log.count("renew-self")).toBe(1);
  await expect(hcv.disconnect("hcv")).resolves.toMatchObject({ remote: "nothing-to-revoke" });
  expect(server.log.count("revoke-self")).toBe(0);
});

it("does not try to renew what is not renewable, and says when it has lapsed", async () => {
  const token = server.issueToken({ policies: ["app"], ttl: 600, renewable: false });
  const hcv = link({ auth: { token } }, { cache: { ttl: 0 } });
  await hcv.get(API);
  // Found once more, in case that somebody has put another one there.
  pass(500);
  await expect.poll(() => server.log.count("lookup-self")).toBe(2);
  // The answer to that is here before the answer to this; the clock would end a request that waits.
  await hcv.get(API);
  pass(101);
  await expect(hcv.get(API)).rejects.toMatchObject({ code: "unauthenticated" });
  expect(server.log.count("renew-self")).toBe(0);
});

it("spends no use of a token on anything but reads, if it may not be looked up", async () => {
  const token = server.issueToken({ policies: ["app"], uses: 3 });
  const hcv = link({ auth: { token, lookup: false } }, { cache: { ttl: 0 } });
  for (let reads = 0; reads < 3; reads++) await hcv.get(API);
  expect(server.log.counts).toEqual({ mounts: 1, "kv2.read": 3 });
  await expect(hcv.get(API)).rejects.toMatchObject({ code: "unauthenticated" });
});

it("looks a token with limited uses up once, and neither renews it nor looks it up after a refusal", async () => {
  const token = server.issueToken({ policies: ["app"], uses: 5, ttl: 600 });
  const hcv = link({ auth: { token } }, { cache: { ttl: 0 } });
  await expect(hcv.get("hcv://secret/audit/report#password")).rejects.toMatchObject({ code: "denied" });
  pass(500);
  await hcv.get(API);
  expect(server.log.counts).toEqual({ "lookup-self": 1, mounts: 1, "kv2.read": 2 });
});

it("ends at the vault what we obtained, and says so", async () => {
  const hcv = link(approle());
  await hcv.get(API);
  await expect(hcv.disconnect("hcv")).resolves.toMatchObject({ remote: "revoked", dropped: 1 });
  expect(server.log.count("revoke-self")).toBe(1);
});

it("says what may still work if the vault could not be told", async () => {
  const hcv = link(approle());
  await hcv.get(API);
  const until = expiresAt();
  server.fault({ on: "revoke-self", kind: "drop" });
  await expect(hcv.disconnect("hcv")).resolves.toMatchObject({ remote: "not-revoked", expiresAt: until });
});

it("E30: keeps a dynamic secret no longer than its lease, and creates a new one then", async () => {
  const token = pick(server.credentials, "app").token;
  const hcv = link({ auth: { token } }, { cache: { ttl: "5h" } });
  const read = async (): Promise<string> => (await hcv.get("hcv://database/creds/app#username")).reveal();
  const first = await read();
  pass(900);
  expect(await read()).toBe(first);
  pass(2701);
  expect(await read()).not.toBe(first);
  expect(server.leases()).toHaveLength(2);
});

it.each(["reset", "disconnect", "close"] as const)("E30: ends the lease at the vault on %s", async (how) => {
  const hcv = link(approle());
  await hcv.get("hcv://database/creds/app#username");
  expect(server.leases().map(({ revoked }) => revoked)).toEqual([false]);
  if (how === "reset") hcv.reset({ connection: "hcv" });
  if (how === "disconnect") await hcv.disconnect("hcv");
  if (how === "close") await hcv.close();
  await expect.poll(() => server.leases().map(({ revoked }) => revoked)).toEqual([true]);
  expect(server.log.count("leases.revoke")).toBe(1);
});
