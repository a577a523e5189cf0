import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openWorld, type TestWorld } from "../../test/context.ts";
import { get } from "../commands/get.ts";
import { list } from "../commands/list.ts";

/** A world with one link, whose user and whose policy say something of the log. */
async function withLog(user: object, policy?: object): Promise<{ readonly world: TestWorld; readonly file: string }> {
  const world = await openWorld({ a: "vlcanary-a" }, { command: "get" });
  const connections = { mem: { provider: "memory", url: "memory:own" } };
  await writeFile(world.userFile, JSON.stringify({ version: 1, connections, ...user }), { mode: 0o600 });
  await writeFile(world.projectFile, JSON.stringify({ version: 1, links: { A: "mem://a", NONE: "mem://none" } }));
  const folder = join(world.home, "etc", "vaultlink");
  await mkdir(folder, { recursive: true });
  const place = { file: join(folder, "policy.json"), owner: process.getuid?.(), userName: "somebody" };
  if (policy !== undefined) await writeFile(place.file, JSON.stringify({ version: 1, ...policy }), { mode: 0o644 });
  const file = join(world.home, ".local", "state", "vaultlink", "audit.jsonl");
  return { world: { ...world, policy: place }, file };
}

const REQUIRED = { limits: { audit: "require" } };

describe("the log of who reads what", () => {
  it.each([
    ["nobody wants one", {}, undefined],
    ["the user wants none", { audit: false }, { limits: {} }],
    ["the policy leaves it to the user", {}, { limits: { audit: "optional" } }],
  ])("is not there where %s", async (_, user, policy) => {
    const { file, world } = await withLog(user, policy);
    await get(world, "A", {});
    await expect(stat(file)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it.each([
    ["the user wants it", { audit: true }, undefined],
    ["the policy requires it", {}, REQUIRED],
    ["the policy requires it, whatever the user says", { audit: false }, REQUIRED],
  ])("has a line for each value that is given or refused where %s", async (_, user, policy) => {
    const { file, world } = await withLog(user, policy);
    await get(world, "A", {});
    await expect(get(world, "NONE", {})).rejects.toMatchObject({ failures: [{ error: { code: "not_found" } }] });
    await list(world);
    const text = await readFile(file, "utf8");
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    const who = { reader: "get", pid: process.pid, connection: "mem" };
    expect(lines).toMatchObject([
      { ...who, name: "A", reference: "mem://a", identity: "somebody", source: "vault" },
      { ...who, name: "NONE", reference: "mem://none", code: "not_found" },
    ]);
    expect(text).not.toContain("vlcanary");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("is where XDG_STATE_HOME says", async () => {
    const { world } = await withLog({ audit: true });
    const state = join(world.home, "state");
    await get({ ...world, env: { ...world.env, XDG_STATE_HOME: state } }, "A", {});
    expect((await stat(join(state, "vaultlink", "audit.jsonl"))).isFile()).toBe(true);
  });

  it.skipIf(process.platform === "win32")(
    "that others may read withholds every value, and says what helps",
    async () => {
      const { file, world } = await withLog({ audit: true });
      await get(world, "A", {});
      await chmod(file, 0o644);
      await expect(get(world, "A", {})).rejects.toMatchObject({
        failures: [{ error: { code: "invalid_config", details: { hint: "chmod 600 the audit log's file" } } }],
      });
    },
  );
});
