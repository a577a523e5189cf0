import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { memoryPlugin, openWorld, personWho, type TestWorld } from "../../../test/context.ts";
import { connect } from "./connect.ts";

const plugin = memoryPlugin({});
const request = { provider: "memory", plugin, given: { url: "memory:" } };
const user = async (context: TestWorld): Promise<unknown> => JSON.parse(await readFile(context.userFile, "utf8"));

describe("connect", () => {
  it("remembers how to reach the vault, under the provider's usual name", async () => {
    const context = await openWorld();
    expect(await connect(context, request)).toMatchObject({ json: { connection: "mem", identity: "somebody" } });
    expect(await user(context)).toEqual({ version: 1, connections: { mem: { provider: "memory", url: "memory:" } } });
  });

  it("remembers nothing if the vault refuses", async () => {
    const context = await openWorld({}, { env: { MEMORY_TOKEN: "vlcanary-wrong" } });
    await expect(connect(context, request)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(user(context)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("remembers nothing if the person cancels", async () => {
    const context = await openWorld({}, { env: {}, prompter: personWho() });
    await expect(connect(context, request)).rejects.toMatchObject({ code: "aborted" });
    await expect(user(context)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("never writes a credential, whoever gave it", async () => {
    for (const [changes, given] of [
      [{ prompter: personWho("vlcanary-right") }, {}],
      [{ readInput: async () => Buffer.from("vlcanary-right\r\n") }, { tokenStdin: true }],
    ] as const) {
      const context = await openWorld({}, { env: {}, ...changes });
      await connect(context, { ...request, given: { ...request.given, ...given } });
      expect(await readFile(context.userFile, "utf8")).not.toContain("vlcanary");
      expect(context.notices).toHaveLength(1);
    }
  });

  it("asks for what is required and missing, and for nothing else", async () => {
    const prompter = personWho("memory:asked");
    const context = await openWorld({}, { prompter });
    await connect(context, { ...request, given: {} });
    expect(prompter.asked).toEqual(["mem: Where it is."]);
    expect(await user(context)).toMatchObject({ connections: { mem: { url: "memory:asked" } } });
  });

  it("without a person names what is missing", async () => {
    const context = await openWorld();
    await expect(connect(context, { ...request, given: {} })).rejects.toMatchObject({
      code: "usage",
      message: "Memory needs --url.",
      hint: "vaultlink connect memory mem --url …",
    });
  });

  it("keeps former options, except those of another way to sign in", async () => {
    const context = await openWorld();
    const auth = { method: "role", role: "app" };
    const connections = { mem: { provider: "memory", url: "memory:", maxSession: 5, auth } };
    await writeFile(context.userFile, JSON.stringify({ version: 1, connections }));
    await connect(context, { ...request, given: { method: "token" } });
    expect(await user(context)).toMatchObject({
      connections: { mem: { provider: "memory", url: "memory:", maxSession: 5, auth: { method: "token" } } },
    });
    expect(JSON.stringify(await user(context))).not.toContain('"role"');
  });

  it("ends a disconnection", async () => {
    const context = await openWorld();
    await writeFile(context.userFile, JSON.stringify({ version: 1, disconnected: ["mem", "other"] }));
    await connect(context, request);
    expect(await user(context)).toMatchObject({ disconnected: ["other"] });
  });

  it("does not take a name from another provider", async () => {
    const context = await openWorld();
    await writeFile(context.userFile, JSON.stringify({ version: 1, connections: { mem: { provider: "else" } } }));
    await expect(connect(context, request)).rejects.toMatchObject({ code: "invalid_config" });
  });
});
