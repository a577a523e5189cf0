import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { memoryPlugin, openWorld, personWho, type TestWorld } from "../../test/context.ts";
import { cacheTtl } from "../commands/cache.ts";
import { connect } from "../commands/connect/connect.ts";
import { disconnect } from "../commands/disconnect/disconnect.ts";
import { get } from "../commands/get.ts";
import { list } from "../commands/list.ts";
import { logout } from "../commands/logout.ts";
import { status } from "../commands/status.ts";
import { loadConfiguration } from "../config/load.ts";
import type { CliContext } from "../context.ts";
import { systemPolicy } from "./place.ts";

const TEAM = { provider: "memory", url: "memory:team", managedBy: "team" };

interface Change {
  readonly userName?: string;
  readonly uid?: number;
  readonly context?: Partial<CliContext>;
}

/** A world with a policy, whose user is nobody special. */
async function under(policy: object | string | undefined, { context, uid, userName }: Change = {}): Promise<TestWorld> {
  const world = await openWorld({ a: "vlcanary-a" }, context);
  const folder = join(world.home, "etc", "vaultlink");
  await mkdir(folder, { recursive: true });
  const file = join(folder, "policy.json");
  const text = typeof policy === "string" ? policy : JSON.stringify({ version: 1, ...policy });
  if (policy !== undefined) await writeFile(file, text, { mode: 0o644 });
  await writeFile(world.projectFile, JSON.stringify({ version: 1, links: { A: "mem://a", OWN: "own://a" } }));
  const own = { provider: "memory", url: "memory:own" };
  await writeFile(world.userFile, JSON.stringify({ version: 1, connections: { own } }), { mode: 0o600 });
  return {
    ...world,
    policy: { file, owner: process.getuid?.(), userName: userName ?? "somebody" },
    // Not the owner of the policy, unless a test says so; whose files these are is another matter.
    ...(uid !== undefined && { uid }),
  };
}

const failure = (code: string, sentence: RegExp, hint?: string): object => ({
  code,
  message: expect.stringMatching(sentence) as string,
  ...(hint !== undefined && { details: { hint } }),
});

describe("where the policy is", () => {
  it.each([
    ["linux", "/etc/xdg/vaultlink/policy.json", 0],
    ["darwin", "/Library/Application Support/vaultlink/policy.json", 0],
    ["win32", "C:\\Program Files\\vaultlink\\policy.json", undefined],
  ] as const)("on %s only the administrator writes there", (platform, file, owner) => {
    expect(systemPolicy(platform)).toMatchObject({ file, owner });
  });

  it("is not the user's to say: no variable moves it", async () => {
    const world = await under({ connections: { mem: TEAM } });
    const elsewhere = { XDG_CONFIG_DIRS: "/tmp", XDG_CONFIG_HOME: join(world.home, ".config") };
    const { connections } = await loadConfiguration({ ...world, env: { ...world.env, ...elsewhere } });
    expect(connections.get("mem")).toMatchObject({ origin: "policy", team: true });
  });

  it.runIf(process.platform !== "win32")("what others may write is refused, not ignored", async () => {
    for (const path of ["etc/vaultlink/policy.json", "etc/vaultlink", "etc"]) {
      const world = await under({});
      await chmod(join(world.home, path), path.endsWith("json") ? 0o666 : 0o777);
      await expect(loadConfiguration(world)).rejects.toMatchObject({
        code: "invalid_config",
        details: { hint: expect.stringMatching(/^chmod go-w /) as string },
      });
    }
  });

  it.runIf(process.getuid?.() === 0)("what belongs to somebody else is refused", async () => {
    const world = await under({});
    const policy = { ...world.policy, file: world.policy?.file ?? "", owner: 0, userName: "somebody" };
    const { chown } = await import("node:fs/promises");
    await chown(policy.file, 1234, 1234);
    await expect(loadConfiguration({ ...world, policy })).rejects.toMatchObject(
      failure("invalid_config", /belongs to another user/),
    );
  });

  it("what is malformed stops everything: nobody knows what the administrator wants", async () => {
    for (const text of ["{", '{ "version": 1, "limit": {} }', '{ "version": 1, "roles": { "proof": "word" } }']) {
      await expect(get(await under(text), "OWN")).rejects.toMatchObject({ code: "invalid_config" });
    }
  });
});

describe("whose connections count", () => {
  it("the policy's, then the user's, and status says what is left out", async () => {
    const world = await under({ connections: { own: { provider: "memory", url: "memory:policy" } } });
    const { connections, overruled } = await loadConfiguration(world);
    expect(connections.get("own")).toEqual({
      origin: "policy",
      team: false,
      entry: { provider: "memory", url: "memory:policy" },
    });
    expect(overruled).toEqual(["own"]);
    expect(JSON.stringify((await status(world)).body)).toContain("The connection own of your own files is ignored");
  });

  it("a HashiCorp connection of one's own counts only where the policy allows it", async () => {
    const entry = { provider: "hashicorp", address: "https://vault.example.com" };
    for (const [personal, refused] of [
      [undefined, ["own"]],
      ["deny", ["own"]],
      ["allow", []],
    ] as const) {
      const world = await under({ ...(personal && { hashicorp: { personal } }) });
      await writeFile(world.userFile, JSON.stringify({ version: 1, connections: { own: entry } }), { mode: 0o600 });
      expect([...(await loadConfiguration(world)).refused.keys()]).toEqual(refused);
    }
  });

  it("a name of a connection that is refused fails with 79's code and says why", async () => {
    const world = await under({ limits: { maxPerProvider: 0 } });
    await expect(get(world, "OWN")).rejects.toMatchObject({
      failures: [{ name: "OWN", error: failure("forbidden", /policy allows 0 of each kind/, "vaultlink status") }],
    });
    expect((await list(world)).json).toMatchObject({ links: [{ name: "A" }, { name: "OWN", reason: "forbidden" }] });
  });

  it("one that an admin disconnected for everybody leaves its links disconnected", async () => {
    const world = await under({ disconnected: ["mem"] });
    await expect(get(world, "A")).rejects.toMatchObject({
      failures: [{ error: failure("unresolved", /for everybody/) }],
    });
    expect((await list(world)).json).toMatchObject({ links: [{ name: "A", reason: "disconnected" }, { name: "OWN" }] });
  });
});

describe("what a user may not define", () => {
  const plugin = memoryPlugin({});
  it.each([
    ["a connection that the policy defines", { connections: { mem: TEAM } }, "mem", /policy defines it/],
    ["one more than the policy allows", { limits: { maxPerProvider: 1 } }, "further", /allows 1 of each kind/],
  ])("%s", async (_what, policy, name, sentence) => {
    const world = await under(policy);
    const before = await readFile(world.userFile, "utf8");
    const given = { url: "memory:new" };
    await expect(connect(world, { provider: "memory", plugin, name, given })).rejects.toMatchObject(
      failure("forbidden", sentence),
    );
    expect([await readFile(world.userFile, "utf8"), world.log]).toEqual([before, []]);
  });

  it("but an own one can be defined anew", async () => {
    const world = await under({ limits: { maxPerProvider: 1 } });
    const given = { url: "memory:new" };
    await connect(world, { provider: "memory", plugin: memoryPlugin({}), name: "own", given, yes: true });
    expect(await readFile(world.userFile, "utf8")).toContain("memory:new");
  });
});

describe("limits", () => {
  it("a TTL above the policy's is refused, and nothing is changed", async () => {
    const world = await under({ limits: { maxTtlMinutes: 30 } });
    const before = await readFile(world.userFile, "utf8");
    await expect(cacheTtl(world, "31")).rejects.toMatchObject(
      failure("forbidden", /30 minutes at most/, "vaultlink cache ttl 30"),
    );
    expect(await readFile(world.userFile, "utf8")).toBe(before);
    await cacheTtl(world, "30");
  });

  it("one that the user's file has already, and the default, count as the policy's; a lower one stays", async () => {
    for (const [ttl, counts] of [
      [undefined, "30"],
      ["2h", "30"],
      [10, "10"],
      [0, "0"],
    ] as const) {
      const world = await under({ limits: { maxTtlMinutes: 30 } });
      await writeFile(world.userFile, JSON.stringify({ version: 1, ...(ttl !== undefined && { cache: { ttl } }) }), {
        mode: 0o600,
      });
      expect((await cacheTtl(world, undefined)).body).toEqual([counts]);
      expect((await status(world)).json).toMatchObject({ cache: { ttl: Number(counts) } });
    }
  });
});

describe("disconnecting what the team manages, proved by the user of the system (S22)", () => {
  const roles = { proof: "file", admin: ["anna"], superAdmin: ["root-of-all"] };
  const POLICY = { roles, connections: { mem: TEAM } };
  const files = async ({ policy, userFile }: TestWorld): Promise<readonly string[]> =>
    Promise.all([policy?.file ?? "", userFile].map((file) => readFile(file, "utf8")));

  /** Nobody's number: what is read belongs to whoever runs the tests. */
  const other = { uid: undefined };

  it.each([
    ["hcv", {}],
    ["--link", { link: "A" }],
  ])("is refused to others at both doors, before they are asked: %s", async (door, options) => {
    const prompter = personWho(true);
    const world = { ...(await under(POLICY, { context: { prompter } })), ...other };
    const before = await files(world);
    const named = door === "--link" ? undefined : "mem";
    await expect(disconnect(world, named, options)).rejects.toMatchObject({
      ...failure(
        "forbidden",
        /Only an admin may disconnect it: whoever owns .*policy.json, or who is anna or root-of-all/,
        "vaultlink logout mem",
      ),
    });
    expect([await files(world), prompter.asked, world.log]).toEqual([before, [], []]);
    await expect(logout(world, "mem")).resolves.toMatchObject({ kind: "message" });
  });

  it.each(["anna", "root-of-all"])("is granted to %s, for everybody", async (userName) => {
    const world = { ...(await under(POLICY, { userName })), ...other };
    const { body, json } = await disconnect(world, "mem", { yes: true });
    expect([body[0], json]).toMatchObject([
      "mem is disconnected for everybody of this machine.",
      { everybody: true, names: ["A"] },
    ]);
    expect(JSON.parse((await files(world))[0] ?? "")).toMatchObject({ connections: {}, disconnected: ["mem"] });
    expect((await list(world)).json).toMatchObject({ links: [{ name: "A", reason: "disconnected" }, { name: "OWN" }] });
  });

  it.runIf(process.getuid !== undefined)("is granted to the owner of the policy", async () => {
    const world = await under(POLICY);
    expect((await disconnect(world, "mem", { yes: true })).json).toMatchObject({ everybody: true });
  });

  it("without a policy everybody manages their own", async () => {
    const world = await under(undefined);
    expect((await disconnect(world, "own", { yes: true })).json).toMatchObject({ disconnected: true });
  });

  it("a connection of the policy that is no team's is its user's to disconnect", async () => {
    const world = { ...(await under({ roles, connections: { mem: { ...TEAM, managedBy: "user" } } })), ...other };
    expect((await disconnect(world, "mem", { yes: true })).json).toMatchObject({ disconnected: true });
  });
});
