import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { memoryPlugin, openWorld, personWho, type TestWorld } from "../../test/world.ts";
import { connect } from "./connect.ts";

const plugin = memoryPlugin({});
const request = { provider: "memory", plugin, given: { url: "memory:" } };
const user = async (world: TestWorld): Promise<unknown> => JSON.parse(await readFile(world.userFile, "utf8"));

describe("connect", () => {
  it("remembers how to reach the vault, under the provider's usual name", async () => {
    const world = await openWorld();
    expect(await connect(world, request)).toMatchObject({ json: { connection: "mem", identity: "somebody" } });
    expect(await user(world)).toEqual({ version: 1, connections: { mem: { provider: "memory", url: "memory:" } } });
  });

  it("remembers nothing if the vault refuses", async () => {
    const world = await openWorld({}, { env: { MEMORY_TOKEN: "vlcanary-wrong" } });
    await expect(connect(world, request)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(user(world)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("remembers nothing if the person cancels", async () => {
    const world = await openWorld({}, { env: {}, person: personWho() });
    await expect(connect(world, request)).rejects.toMatchObject({ code: "aborted" });
    await expect(user(world)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("never writes a credential, whoever gave it", async () => {
    for (const [changes, given] of [
      [{ person: personWho("vlcanary-right") }, {}],
      [{ readInput: async () => Buffer.from("vlcanary-right\r\n") }, { tokenStdin: true }],
    ] as const) {
      const world = await openWorld({}, { env: {}, ...changes });
      await connect(world, { ...request, given: { ...request.given, ...given } });
      expect(await readFile(world.userFile, "utf8")).not.toContain("vlcanary");
      expect(world.notices).toHaveLength(1);
    }
  });

  it("asks for what is required and missing, and for nothing else", async () => {
    const person = personWho("memory:asked");
    const world = await openWorld({}, { person });
    await connect(world, { ...request, given: {} });
    expect(person.asked).toEqual(["mem: Where it is."]);
    expect(await user(world)).toMatchObject({ connections: { mem: { url: "memory:asked" } } });
  });

  it("without a person names what is missing", async () => {
    const world = await openWorld();
    await expect(connect(world, { ...request, given: {} })).rejects.toMatchObject({
      code: "usage",
      message: 'Option "url" is required.',
    });
  });

  it("keeps former options, except those of another way to sign in", async () => {
    const world = await openWorld();
    const auth = { method: "role", role: "app" };
    const connections = { mem: { provider: "memory", url: "memory:", maxSession: 5, auth } };
    await writeFile(world.userFile, JSON.stringify({ version: 1, connections }));
    await connect(world, { ...request, given: { method: "token" } });
    expect(await user(world)).toMatchObject({
      connections: { mem: { provider: "memory", url: "memory:", maxSession: 5, auth: { method: "token" } } },
    });
    expect(JSON.stringify(await user(world))).not.toContain('"role"');
  });

  it("ends a disconnection", async () => {
    const world = await openWorld();
    await writeFile(world.userFile, JSON.stringify({ version: 1, disconnected: ["mem", "other"] }));
    await connect(world, request);
    expect(await user(world)).toMatchObject({ disconnected: ["other"] });
  });

  it("does not take a name from another provider", async () => {
    const world = await openWorld();
    await writeFile(world.userFile, JSON.stringify({ version: 1, connections: { mem: { provider: "else" } } }));
    await expect(connect(world, request)).rejects.toMatchObject({ code: "invalid_config" });
  });
});
