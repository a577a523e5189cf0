import { join } from "node:path";
import { expect, it } from "vitest";
import { texts, vaultWorld } from "./vaults.ts";

const TOKEN = { TOKEN: "vlcanary-right", OTHER: "vlcanary-other" };
const COMMAND = [process.execPath, join(import.meta.dirname, "programs/provider.ts")] as const;
const CONTENT = { connections: { mem: {} }, programs: { prog: COMMAND }, links: { X: "mem://x" } };

it("a provider that is a program runs in a process of its own, with the variables it names", async () => {
  const { client } = await vaultWorld(CONTENT);
  const asking = await client(TOKEN);
  expect(await texts(asking, { names: ["prog://env"] })).toEqual(["TOKEN"]);
  const { connections } = (await asking.ask("status")) as { readonly connections: ReadonlyArray<object> };
  expect(connections).toContainEqual(expect.objectContaining({ name: "prog", identity: expect.any(String) }));
  expect(connections).not.toContainEqual(expect.objectContaining({ identity: String(process.pid) }));
});

it("a provider that crashes ends calls of its own connection, and can be opened again", async () => {
  const { client, clock } = await vaultWorld(CONTENT);
  const asking = await client(TOKEN);
  await texts(asking, { names: ["prog://env"] });
  const { connections } = (await asking.ask("status")) as {
    readonly connections: ReadonlyArray<{ identity?: string }>;
  };
  const pid = Number(connections.find(({ identity }) => identity !== undefined)?.identity);
  const crashing = texts(asking, { names: ["prog://crash"], deadlineMs: 1000 });
  await expect.poll(() => isAlive(pid)).toBe(false);
  expect(await texts(asking, { names: ["X"] })).toEqual(["vlcanary-x"]);
  clock.advance(1000);
  expect(["unavailable", "timeout"]).toContain((await crashing)[0]);
  await asking.ask("open", { connection: "prog" });
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

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
