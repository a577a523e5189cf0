import { readFile, writeFile } from "node:fs/promises";
import { type Plugin, SecretError } from "@vaultlink/core";
import { defineOptions } from "@vaultlink/core/provider";
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
      expect(context.notices.filter((line) => line.includes("last for one command"))).toHaveLength(1);
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

  it("a flag replaces a kept option that excludes it (F5)", async () => {
    const context = await openWorld();
    await writeFile(
      context.userFile,
      JSON.stringify({
        version: 1,
        connections: { mem: { provider: "memory", urls: ["memory:1", "memory:2"], ttl: 5 } },
      }),
    );
    const options = defineOptions<{ readonly url?: string; readonly urls?: readonly string[]; readonly ttl?: number }>({
      url: { type: "string", description: "One place." },
      urls: { type: "string[]", description: "Several places." },
      ttl: { type: "integer", description: "Seconds." },
    });
    const create: Plugin["create"] = (given) => {
      const { url, urls } = given as { readonly url?: string; readonly urls?: readonly string[] };
      if (url !== undefined && urls !== undefined) throw new SecretError("invalid_config", 'Give "url" or "urls".');
      return plugin.create({});
    };
    const exclusive = memoryPlugin({}, [], { options, create });
    await connect(context, { ...request, plugin: exclusive, yes: true });
    expect(await user(context)).toMatchObject({ connections: { mem: { provider: "memory", url: "memory:", ttl: 5 } } });
    expect(JSON.stringify(await user(context))).not.toContain("urls");
  });

  /** A person at whose terminal the file gets this content while they are asked. */
  async function slow(connections: object): Promise<TestWorld> {
    const context = await openWorld();
    const write = (more: object): Promise<void> =>
      writeFile(context.userFile, JSON.stringify({ version: 1, connections: { old: { provider: "else" }, ...more } }));
    await write({});
    const person = personWho("memory:asked");
    const edit = async (label: string, before: string): Promise<string> => {
      await write(connections);
      return person.edit(label, before);
    };
    return { ...context, prompter: { ...person, edit } };
  }

  it("keeps what another command connected meanwhile (F14)", async () => {
    const context = await slow({ other: { provider: "else" } });
    await connect(context, { ...request, given: {} });
    expect(await user(context)).toMatchObject({
      connections: { old: { provider: "else" }, other: { provider: "else" }, mem: { url: "memory:asked" } },
    });
  });

  it("changes nothing where another command connected the same name meanwhile (F14)", async () => {
    const context = await slow({ mem: { provider: "memory", url: "memory:theirs" } });
    await expect(connect(context, { ...request, given: {} })).rejects.toMatchObject({ code: "conflict" });
    expect(await user(context)).toMatchObject({ connections: { mem: { url: "memory:theirs" } } });
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
