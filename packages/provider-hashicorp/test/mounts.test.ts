import { expect, it } from "vitest";
import { parseLocator as at } from "@vaultlink/test-support";
import { context, open, refused, useVault } from "./support.ts";

const server = useVault();

const routes = (): readonly string[] => server.vault.log.requests.map(({ route }) => route);

it("asks once where a mount is: the first read costs two requests, every other one", async () => {
  const { session, read } = await open(server.vault.env);
  server.vault.log.clear();
  await read("secret/app/db");
  expect(routes()).toEqual(["mounts", "kv2.read"]);
  await read("secret/app/db");
  await read("secret/app/api");
  await refused(read("secret/app/nope"), "not_found");
  expect(routes().slice(2)).toEqual(["kv2.read", "kv2.read", "kv2.read"]);
  await session.close?.();
});

it("asks once for many reads that start together", async () => {
  const { session, read } = await open(server.vault.env);
  server.vault.log.clear();
  await Promise.all(Array.from({ length: 50 }, () => read("secret/app/db")));
  expect(server.vault.log.counts).toEqual({ mounts: 1, "kv2.read": 50 });
  await session.close?.();
});

it("keeps mounts with a common beginning apart", async () => {
  const { session, read } = await open(server.vault.env);
  const [kv1, kv2, nested] = await Promise.all([
    read("kv1/app/plain"),
    read("secret/app/db"),
    read("team/kv/app/shared"),
  ]);
  expect(kv1).toEqual({ value: { username: "app", password: "vlcanary-kv1-password" }, id: "kv1/app/plain" });
  expect(kv2.version).toBe("2");
  expect(nested).toEqual({ value: { password: "vlcanary-shared" }, version: "1", id: "team/kv/app/shared" });
  await session.close?.();
});

it("waits for another's question no longer than its own caller waits", async () => {
  const { session, read } = await open(server.vault.env);
  server.vault.fault({ on: "mounts", kind: "hang", times: 1 });
  server.vault.log.clear();
  const first = new AbortController();
  const second = new AbortController();
  const one = refused(read("secret/app/db", { signal: first.signal }), "aborted");
  await expect.poll(() => routes()).toEqual(["mounts"]);
  const two = refused(read("secret/app/db", { signal: second.signal }), "aborted");
  const three = read("secret/app/db");
  second.abort();
  await two;
  expect(routes()).toEqual(["mounts"]);
  first.abort();
  await one;
  await expect(three).resolves.toMatchObject({ version: "2" });
  await session.close?.();
});

it("asks again when only the vault may answer", async () => {
  const { session, read } = await open(server.vault.env);
  await read("secret/app/db");
  server.vault.log.clear();
  await read("secret/app/db", { fresh: true });
  expect(routes()).toEqual(["mounts", "kv2.read"]);
  await session.close?.();
});

it("asks again after the vault denied that something is there", async () => {
  const { session, read } = await open(server.vault.env);
  await refused(read("secret/app/nope"), "not_found");
  server.vault.log.clear();
  await read("secret/app/db");
  expect(routes()).toEqual(["mounts", "kv2.read"]);
  await session.close?.();
});

it("says which path is denied, and what may be wrong with it (F12)", async () => {
  const { session, read } = await open(server.vault.env);
  expect(await refused(read("kv/app/db"), "denied")).toMatchObject({
    message: "The vault does not let this identity do that, or nothing is mounted at kv/.",
    details: { hint: "vault token capabilities kv/data/app/db" },
  });
  expect(await refused(read("secret/data/app/db"), "denied")).toMatchObject({
    message: "The vault does not let this identity do that; a reference leaves out the data/ of KV 2.",
    details: { hint: "leave data/ out of the reference" },
  });
  await session.close?.();
});

it("asks nothing about a configured mount", async () => {
  const { session, read } = await open(server.vault.env, { mount: "/team/kv/", kvVersion: 2 });
  server.vault.log.clear();
  await read("team/kv/app/shared");
  expect(routes()).toEqual(["kv2.read"]);
  await read("secret/app/db");
  expect(routes().slice(1)).toEqual(["mounts", "kv2.read"]);
  await session.close?.();
});

it("takes a vault that does not know the question for an old one, with KV version 1", async () => {
  server.vault.set({ mountsEndpoint: "absent" });
  const { session, read } = await open(server.vault.env);
  await expect(read("kv1/app/plain")).resolves.toMatchObject({ value: { username: "app" } });
  await session.close?.();
});

it("goes by the usual layout where the vault may not tell, and lets the read decide", async () => {
  server.vault.set({ mountsEndpoint: "refused" });
  const { session, read } = await open(server.vault.env);
  await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
  await refused(read("secret/audit/report"), "denied");
  const error = await refused(read("secret/app/nope"), "not_found");
  expect(error.details.hint).toContain("kvVersion");
  await session.close?.();
});

it("goes by the configured layout where the vault may not tell", async () => {
  server.vault.set({ mountsEndpoint: "refused" });
  const { session, read } = await open(server.vault.env, { kvVersion: 1 });
  await expect(read("kv1/app/plain")).resolves.toMatchObject({ value: { username: "app" } });
  await session.close?.();
  const nested = await open(server.vault.env, { mount: "team/kv" });
  await expect(nested.read("team/kv/app/shared")).resolves.toMatchObject({ version: "1" });
  await nested.session.close?.();
});

it("tells a mount that is not there from a secret that is not there", async () => {
  const { session, read } = await open({ ...server.vault.env, VAULT_TOKEN: server.vault.rootToken });
  const error = await refused(read("nowhere/app/db"), "invalid_config");
  expect(error.details.hint).toBe("vault secrets list");
  await session.close?.();
});

it("points out a data/ too many", async () => {
  const { session, read } = await open({ ...server.vault.env, VAULT_TOKEN: server.vault.rootToken });
  const error = await refused(read("secret/data/app/db"), "not_found");
  expect(error.details.hint).toBe("leave data/ out of the reference");
  await session.close?.();
});

it("refuses a version where none is kept, and a mount for a secret", async () => {
  const { session, read } = await open(server.vault.env);
  await refused(read("kv1/app/plain?version=1"), "invalid_reference");
  await refused(read("team/kv"), "invalid_reference");
  await session.close?.();
});

it("reads in the namespace of the connection", async () => {
  const env = { ...server.vault.env, VAULT_NAMESPACE: "division/" };
  for (const [variables, options] of [
    [env, {}],
    [server.vault.env, { namespace: "division" }],
  ] as const) {
    const { session, read } = await open(variables, options);
    await expect(read("secret/app/db")).resolves.toMatchObject({ value: { password: "vlcanary-division-db" } });
    expect(session.identity).toContain("/division#");
    await session.close?.();
  }
  const { session, read } = await open(env, { namespace: "root" });
  await expect(read("secret/app/db?version=1")).resolves.toMatchObject({ value: { username: "app" } });
  await session.close?.();
  const error = await refused(open({ ...env, VAULT_NAMESPACE: "nowhere" }), "invalid_config");
  expect(error.details.hint).toBe("vault namespace list");
});

it("E28: tells what is deleted, what is destroyed and what never was", async () => {
  const { session, read } = await open(server.vault.env);
  const deleted = await refused(read("secret/app/history?version=1"), "unusable");
  expect(deleted.details).toMatchObject({ reason: "deleted", native: { status: 404 } });
  const destroyed = await refused(read("secret/app/history?version=2"), "unusable");
  expect(destroyed.details).toMatchObject({ reason: "destroyed" });
  await expect(read("secret/app/history")).resolves.toMatchObject({ version: "3" });
  await refused(read("secret/app/history?version=4"), "not_found");
  await session.close?.();
});

it("refuses what cannot be a secret's place without a request", async () => {
  const { session } = await open(server.vault.env);
  server.vault.log.clear();
  const odd = ["", "secret", "secret/", "/secret/a", "secret//a", "secret/../sys", "secret/.", "secret/a\u0000b"];
  for (const path of [...odd, "sys/health", "auth/token/lookup-self"]) {
    await refused(session.read({ path, query: {} }, context({})), "invalid_reference");
  }
  for (const query of ["version=0", "version=-1", "version=1.5", "version=", "version=latest", "stage=x"]) {
    await refused(session.read(at(`secret/app/db?${query}`), context({})), "invalid_reference");
  }
  expect(routes()).toEqual([]);
  await session.close?.();
});
