import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openWorld } from "../../test/context.ts";
import { list } from "../commands/list.ts";

/** What the vault is told of its cache, by a user's settings and a policy's limits. */
async function cacheUnder(cache: object, limits: object): Promise<unknown> {
  const world = await openWorld({ a: "vlcanary-a" });
  const folder = join(world.home, "etc", "vaultlink");
  await mkdir(folder, { recursive: true });
  const policy = { file: join(folder, "policy.json"), owner: process.getuid?.(), userName: "somebody" };
  await writeFile(policy.file, JSON.stringify({ version: 1, limits }), { mode: 0o644 });
  await writeFile(world.userFile, JSON.stringify({ version: 1, cache }), { mode: 0o600 });
  const told: unknown[] = [];
  await list({ ...world, policy, createVault: (given) => (told.push(given.cache), world.createVault(given)) });
  return told;
}

it.each([
  ["are as the user says", { staleOnError: 60 }, {}, { staleOnError: 60 }],
  ["can be forbidden", { staleOnError: 60 }, { staleOnError: "forbid" }, { staleOnError: 0 }],
])("stale values %s", async (_, cache, limits, told) => {
  expect(await cacheUnder(cache, limits)).toEqual([told]);
});

it.each([
  ["are as the user says", { refreshAhead: 0.2 }, {}, { refreshAhead: 0.2 }],
  ["can be allowed", { refreshAhead: "5m" }, { refreshAhead: "allow" }, { refreshAhead: "5m" }],
  ["can be forbidden", { refreshAhead: 5 }, { refreshAhead: "forbid" }, { refreshAhead: 0 }],
])("reads that nobody waits for %s", async (_, cache, limits, told) => {
  expect(await cacheUnder(cache, limits)).toEqual([told]);
});
