import { createVault } from "@vaultlink/core";
import { startVault, type VaultStandIn, type Witness, witness } from "@vaultlink/stand-ins";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { hashicorp, type HashicorpOptions } from "../src/index.ts";
import { pick } from "./stand-in-subject.ts";
import { context, open, type Opened, refused } from "./support.ts";

/* Several nodes, of which the stand-ins play each role; OpenBao as it runs here is one node. */

let first: VaultStandIn;
let second: VaultStandIn;
let stranger: Witness;
beforeAll(async () => {
  [first, second, stranger] = await Promise.all([startVault(), startVault(), witness()]);
});
afterEach(() => {
  for (const node of [first, second]) {
    node.clearFaults();
    node.set({ mode: "active" });
    node.log.clear();
  }
});
afterAll(() => Promise.all([first, second, stranger].map((server) => server.stop())));

const both = (): HashicorpOptions => ({ address: first.url, nodes: [second.url] });
const session = (options: HashicorpOptions = both()): Promise<Opened> =>
  open({ VAULT_TOKEN: pick(first.credentials, "app").token }, options);

it.each([
  ["is a standby that sends us on", () => ({ standby: second.url })],
  ["is a standby that does not", () => ({ standby: 429 }) as const],
  ["is a performance standby that does not", () => ({ standby: 473 }) as const],
  ["stands by for disasters", () => ({ standby: 472 }) as const],
  ["is sealed", () => "sealed" as const],
])("reads from the other node where one %s, and stays there", async (_what, mode) => {
  const { read, session: opened } = await session();
  first.set({ mode: mode() });
  first.log.clear();
  await read("secret/app/api");
  await read("secret/app/db");
  expect(first.log.count()).toBe(1);
  expect(second.log.count("kv2.read")).toBe(2);
  await opened.close?.();
});

it("signs in at the node it is sent to, and nowhere else", async () => {
  first.set({ mode: { standby: second.url } });
  const { roleId, secretId } = pick(first.credentials, "app").approle;
  const auth = { method: "approle", roleId, secretId } as const;
  const { read, session: opened } = await open({}, { ...both(), auth });
  await read("secret/app/api");
  expect(second.log.count("login.approle")).toBe(1);
  await opened.revoke?.(context({}));
  await opened.close?.();
});

it("sends nothing to a host that is none of the nodes, whoever says so", async () => {
  const { read, session: opened } = await session();
  first.set({ mode: { standby: stranger.url } });
  const error = await refused(read("secret/app/api"), "unavailable");
  expect(error.message).toContain(new URL(stranger.url).host);
  expect(error.details.hint).toContain('"nodes"');
  first.set({ mode: "active" });
  first.fault({ on: "*", kind: "redirect", to: `${stranger.url}/?next=${second.url}` });
  await refused(read("secret/app/api"), "unavailable");
  expect(stranger.sightings).toEqual([]);
  expect(second.log.count()).toBe(0);
  await opened.close?.();
});

it("goes round once, and says what the last node said", async () => {
  const { read, session: opened } = await session();
  first.set({ mode: { standby: second.url } });
  second.set({ mode: { standby: first.url } });
  first.log.clear();
  await refused(read("secret/app/api"), "unavailable");
  expect([first.log.count(), second.log.count()]).toEqual([1, 1]);
  for (const node of [first, second]) node.set({ mode: "sealed" });
  const error = await refused(read("secret/app/api"), "unavailable");
  expect(error.details).toMatchObject({ retryAfterMs: Infinity, hint: "vault operator unseal" });
  await opened.close?.();
});

it("asks the other node if one is gone", async () => {
  const gone = await startVault();
  await gone.stop();
  const { read, session: opened } = await session({ address: gone.url, nodes: [second.url] });
  await read("secret/app/api");
  expect(second.log.counts).toEqual({ "lookup-self": 1, mounts: 1, "kv2.read": 1 });
  await opened.close?.();
});

it("repeats nothing that a node may have done, but begins elsewhere the next time", async () => {
  const { read, session: opened } = await session();
  first.fault({ on: "*", kind: "drop" });
  await refused(read("secret/app/api"), "unavailable");
  expect(second.log.count()).toBe(0);
  await read("secret/app/api");
  expect(second.log.count("kv2.read")).toBe(1);
  await opened.close?.();
});

it("takes a quota for what it is: it moves nowhere, and keeps the time to wait", async () => {
  const { read, session: opened } = await session();
  first.fault({ on: "*", kind: "throttle", retryAfter: 7 });
  expect((await refused(read("secret/app/api"), "throttled")).details.retryAfterMs).toBe(7000);
  expect(second.log.count()).toBe(0);
  await opened.close?.();
});

it("gives a node that is behind the time to catch up", async () => {
  const { token } = pick(first.credentials, "app");
  const connections = { hcv: hashicorp({ ...both(), auth: { token } }) };
  await using vault = createVault({ connections, env: {}, random: () => 0 });
  await vault.get("hcv://secret/app/db#password");
  const body = { errors: ["required index state not present"] };
  first.fault({ on: "kv2.read", times: 1, kind: "status", status: 412, body });
  await expect(vault.get("hcv://secret/app/api#key")).resolves.toBeDefined();
  expect(first.log.count("GET /v1/secret/data/app/api")).toBe(2);
  expect(second.log.count()).toBe(0);
});

it("refuses nodes that are no addresses, or reached in another way", async () => {
  expect(() => hashicorp({ nodes: ["http://node.example.com"] })).toThrow("must begin with https");
  expect(() => hashicorp({ nodes: ["vlcanary-node"] })).toThrow("must be a URL");
  await refused(open({}, { address: first.url, nodes: ["https://127.0.0.1:1"] }), "invalid_config");
});
