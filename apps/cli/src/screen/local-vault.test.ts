import { writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { openWorld, type TestWorld } from "../../test/context.ts";
import { disconnect } from "../commands/disconnect/disconnect.ts";
import { loadConfiguration } from "../config/load.ts";
import { LocalWindowVault } from "./local-vault.ts";

const CONNECTIONS = { mem: { provider: "memory", url: "memory:" }, other: { provider: "memory", url: "memory:other" } };

async function opened(): Promise<{ readonly world: TestWorld; readonly vault: LocalWindowVault }> {
  const world = await openWorld({ a: "vlcanary-a", b: "vlcanary-b" });
  await writeFile(world.userFile, JSON.stringify({ version: 1, connections: CONNECTIONS }));
  await writeFile(world.projectFile, JSON.stringify({ version: 1, links: { A: "mem://a", B: "other://b" } }));
  const vault = await LocalWindowVault.open(world, await loadConfiguration(world));
  await vault.getMany(["A", "B"], { signal: new AbortController().signal });
  return { world, vault };
}

const states = async (vault: LocalWindowVault): Promise<readonly unknown[]> => {
  const { connections, links } = await vault.status();
  return [...connections.map(({ state }) => state), ...links.map(({ state }) => state)];
};

it("shows the sessions and the values that it has after the configuration was read again", async () => {
  const { vault } = await opened();
  expect(await states(vault)).toEqual(["ready", "ready", "resolved", "resolved"]);
  await vault.reload();
  expect(await states(vault)).toEqual(["ready", "ready", "resolved", "resolved"]);
  await vault.close();
});

it("keeps what another connection has when one is disconnected", async () => {
  const { vault } = await opened();
  await disconnect(vault.context, "other", { yes: true });
  await vault.reload();
  expect(await states(vault)).toEqual(["ready", "disconnected", "resolved", "unresolved"]);
  await vault.close();
});
