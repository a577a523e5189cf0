import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { memoryPlugin, openWorld, type TestWorld } from "../../test/context.ts";
import { connect } from "../commands/connect/connect.ts";
import { disconnect } from "../commands/disconnect/disconnect.ts";
import { get } from "../commands/get.ts";
import { list } from "../commands/list.ts";
import { logout } from "../commands/logout.ts";
import { reauth } from "../commands/reauth.ts";

/** A world whose policy says this, and whose user has a connection of their own. */
async function under(policy: object): Promise<TestWorld> {
  const world = await openWorld({ a: "vlcanary-a" });
  const folder = join(world.home, "etc", "vaultlink");
  await mkdir(folder, { recursive: true });
  const file = join(folder, "policy.json");
  await writeFile(file, JSON.stringify({ version: 1, ...policy }), { mode: 0o644 });
  await writeFile(world.projectFile, JSON.stringify({ version: 1, links: { A: "mem://a" } }));
  const connections = { mem: { provider: "memory", url: "memory:own" } };
  await writeFile(world.userFile, JSON.stringify({ version: 1, connections }), { mode: 0o600 });
  return { ...world, policy: { file, owner: process.getuid?.(), userName: "somebody" } };
}

const ENDED = { disconnected: ["mem"] };
const CLOSED = { limits: { maxPerProvider: 0 } };

describe("what an admin disconnected for everybody (S22)", () => {
  it("leaves its links disconnected, whatever a user's own connection of that name is", async () => {
    const world = await under(ENDED);
    await expect(get(world, "A")).rejects.toMatchObject({
      failures: [{ error: { code: "unresolved", details: { reason: "disconnected" } } }],
    });
    expect((await list(world)).json).toMatchObject({ links: [{ name: "A", reason: "disconnected" }] });
    expect(world.log).toEqual([]);
  });

  it("keeps its name: nobody may define it but the policy", async () => {
    const world = await under(ENDED);
    const before = await readFile(world.userFile, "utf8");
    const request = { provider: "memory", plugin: memoryPlugin({}), name: "mem", given: { url: "memory:new" } };
    await expect(connect(world, request)).rejects.toMatchObject({
      code: "forbidden",
      message: "mem was disconnected for everybody of this machine; it keeps its name.",
      details: { reason: "policy", hint: expect.stringMatching(/^Ask who may edit /) as string },
    });
    expect([await readFile(world.userFile, "utf8"), world.log]).toEqual([before, []]);
  });
});

describe("a name that the policy leaves out", () => {
  it.each([
    ["disconnected", ENDED, { code: "unresolved", details: { reason: "disconnected", hint: "vaultlink status" } }],
    ["refused", CLOSED, { code: "forbidden", details: { reason: "policy", hint: "vaultlink status" } }],
  ])("is told as %s at both doors, and to whoever signs in", async (_, policy, told) => {
    const world = await under(policy);
    await expect(disconnect(world, "mem", { yes: true })).rejects.toMatchObject(told);
    await expect(disconnect(world, undefined, { link: "A", yes: true })).rejects.toMatchObject(told);
    await expect(reauth(world, "mem", () => ({}))).rejects.toMatchObject(told);
    expect(world.log).toEqual([]);
  });

  it.each([ENDED, CLOSED])("can be logged out from: %j", async (policy) => {
    expect((await logout(await under(policy), "mem")).json).toMatchObject({ connections: [] });
  });
});
