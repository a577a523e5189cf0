import { join } from "node:path";
import { expect, it } from "vitest";
import type { AgentClient } from "../src/client/client.ts";
import { texts, vaultWorld } from "./vaults.ts";

const TOKEN = { TOKEN: "vlcanary-right", OTHER: "vlcanary-other" };
const COMMAND = [process.execPath, join(import.meta.dirname, "programs/provider.ts")] as const;
const CONTENT = { connections: { mem: {} }, programs: { prog: COMMAND }, links: { X: "mem://x" } };

it("a provider that is a program runs in a process of its own, with the variables it names", async () => {
  const { client } = await vaultWorld(CONTENT);
  const asking = await client(TOKEN);
  expect(await texts(asking, { names: ["prog://env"] })).toEqual(["TOKEN"]);
  const pid = await programOf(asking);
  expect(isAlive(pid)).toBe(true);
  expect(pid).not.toBe(process.pid);
});

it("a provider that crashes ends calls of its own connection, and the next one starts it again", async () => {
  const { client, clock } = await vaultWorld(CONTENT);
  const asking = await client(TOKEN);
  await texts(asking, { names: ["prog://env"] });
  const pid = await programOf(asking);
  const crashing = texts(asking, { names: ["prog://crash"], deadlineMs: 1000 });
  await expect.poll(() => isAlive(pid)).toBe(false);
  expect(await texts(asking, { names: ["X"] })).toEqual(["vlcanary-x"]);
  clock.advance(1000);
  expect(["unavailable", "timeout"]).toContain((await crashing)[0]);
  clock.advance(30_000);
  expect(await texts(asking, { names: ["prog://other"] })).toEqual(["TOKEN"]);
});

it("a provider that hangs holds up nobody else", async () => {
  const { client, clock } = await vaultWorld(CONTENT);
  const asking = await client(TOKEN);
  await texts(asking, { names: ["prog://env"] });
  const hanging = texts(asking, { names: ["prog://hang"], deadlineMs: 1000 });
  expect(await texts(asking, { names: ["X", "prog://env"] })).toEqual(["vlcanary-x", "TOKEN"]);
  clock.advance(1000);
  expect(await hanging).toEqual(["timeout"]);
});

/** The number of the program's process, which it gives as its identity. */
async function programOf(client: AgentClient): Promise<number> {
  const { connections } = await client.ask("status");
  const known = connections as ReadonlyArray<{ readonly name: string; readonly identity?: string }>;
  return Number(known.find(({ name }) => name === "prog")?.identity);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
