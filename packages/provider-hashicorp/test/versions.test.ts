import type { ErrorCode } from "@vaultlink/core/provider";
import { expect, it, vi } from "vitest";
import { parseLocator as at } from "@vaultlink/test-support";
import { context, open, refused, useVault } from "./support.ts";

/* Versions without values, ids of documents, and when to renew. */

const server = useVault();
const env = (): Record<string, string> => ({ VAULT_ADDR: server.vault.url, VAULT_TOKEN: server.vault.rootToken });
const routes = (): readonly string[] => server.vault.log.requests.map(({ route }) => route);

it("tells the current version by the metadata alone, the same as a read does", async () => {
  const { session, read } = await open(env());
  server.vault.log.clear();
  for (const path of ["secret/app/db", "secret/app/history", "team/kv/app/shared"]) {
    expect(await session.version?.(at(path), context({}))).toBe((await read(path)).version);
  }
  server.vault.put("secret/app/watched", { key: "" });
  expect(await session.version?.(at("secret/app/watched"), context({}))).toBe("1");
  server.vault.put("secret/app/watched", { key: "" });
  server.vault.log.clear();
  expect(await session.version?.(at("secret/app/watched"), context({}))).toBe("2");
  expect(routes()).toEqual(["kv2.metadata"]);
  expect(await session.version?.(at("secret/app/watched?version=1"), context({}))).toBe("1");
  await session.close?.();
});

it.each<[string, ErrorCode, string | undefined]>([
  ["secret/app/nope", "not_found", undefined],
  ["secret/app/db?version=9", "not_found", undefined],
  ["secret/app/deleted", "unusable", "deleted"],
  ["secret/app/destroyed", "unusable", "destroyed"],
  ["secret/app/history?version=1", "unusable", "deleted"],
  ["kv1/app/plain", "unusable", "versions"],
  ["database/creds/app", "unusable", "versions"],
  ["secret/app/db?version=newest", "invalid_reference", undefined],
])("has no version for %s", async (locator, code, reason) => {
  const { session } = await open(env());
  const error = await refused(session.version?.(at(locator), context({})) ?? Promise.resolve(), code);
  expect(error.details.reason).toBe(reason);
  await session.close?.();
});

it("says which permission a version takes, and still reads", async () => {
  server.vault.setPolicy("values", { "secret/data/app/*": ["read"] });
  const token = server.vault.issueToken({ policies: ["values"] });
  const { session, read } = await open({ VAULT_ADDR: server.vault.url, VAULT_TOKEN: token });
  const error = await refused(session.version?.(at("secret/app/db"), context({})) ?? Promise.resolve(), "denied");
  expect(error.details.hint).toContain("metadata/");
  await expect(read("secret/app/db")).resolves.toMatchObject({ version: "2" });
  await session.close?.();
});

it("gives a secret one id, however its namespace and version are written", async () => {
  const inside = await open({ ...env(), VAULT_NAMESPACE: "division" });
  const outside = await open(env());
  const ids = [
    (await inside.read("secret/app/db")).id,
    (await inside.read("secret/app/db?version=1")).id,
    (await outside.read("division/secret/app/db")).id,
  ];
  expect(ids).toEqual(Array.from({ length: 3 }, () => "division/secret/app/db"));
  expect((await outside.read("secret/app/db")).id).toBe("secret/app/db");
  expect((await outside.read("database/creds/app")).id).toBe("database/creds/app");
  await inside.session.close?.();
  await outside.session.close?.();
});

it("says to renew when a fifth of the token's whole life is left, at once if less is", async () => {
  const now = 1_800_000_000_000;
  vi.spyOn(Date, "now").mockReturnValue(now);
  const token = server.vault.issueToken({ policies: ["app"], ttl: 1000 });
  const opened = async (): Promise<number | undefined> => {
    const { session } = await open({ VAULT_ADDR: server.vault.url, VAULT_TOKEN: token });
    await session.close?.();
    return session.renewAt;
  };
  expect(await opened()).toBe(now + 800_000);
  server.vault.clock.advance(500_000);
  expect(await opened()).toBe(now + 300_000);
  server.vault.clock.advance(400_000);
  expect(await opened()).toBe(now);
  const endless = await open(env());
  expect(endless.session.renewAt).toBeUndefined();
  await endless.session.close?.();
});
