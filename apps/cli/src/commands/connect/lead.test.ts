import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { type Plugin, SecretError } from "@vaultlink/core";
import { defineProvider } from "@vaultlink/core/provider";
import { type Held, memoryPlugin, openWorld, personWho, type TestWorld } from "../../../test/context.ts";
import { connect, type ConnectRequest } from "./connect.ts";

/** A plugin of a third party that looks at two variables, as `docs/providers` says. */
const SUGGESTING: Partial<Plugin> = {
  pattern: "<path>",
  displayName: (identity) => `${identity} of the team`,
  suggest: async ({ env }) => ({
    settings: [
      {
        ...{ option: "url", label: "Address" },
        ...(env["MEMORY_URL"] && { value: env["MEMORY_URL"], source: "MEMORY_URL" }),
      },
    ],
    methods: [
      ...(env["MEMORY_TOKEN"]
        ? [{ label: "Token", found: "MEMORY_TOKEN is set", options: { "auth.method": "token" } }]
        : []),
      {
        label: "Role",
        options: { "auth.method": "role" },
        settings: [{ option: "auth.role", label: "Role", proposal: "reader" }],
      },
      { label: "Token", options: { "auth.method": "token" } },
    ],
  }),
};

type Changes = Parameters<typeof openWorld>[1];
const lead = async (
  changes: Changes,
  request: Partial<ConnectRequest> = {},
  held: Held = { "app/db": "vlcanary-db" },
): Promise<{ readonly context: TestWorld; readonly answer: ReturnType<typeof connect> }> => {
  const more = changes?.plugin ?? SUGGESTING;
  const context = await openWorld(held, { ...changes, plugin: more });
  const plugin = memoryPlugin(held, context.log, more);
  return { context, answer: connect(context, { provider: "memory", plugin, given: {}, ...request }) };
};
const saved = async (context: TestWorld): Promise<unknown> =>
  (JSON.parse(await readFile(context.userFile, "utf8")) as { connections: { mem: unknown } }).connections.mem;

describe("a person who connects", () => {
  it("is asked where the vault is, how to sign in, what that needs, and then for the credential", async () => {
    const prompter = personWho("memory:typed", "Role", "app", "vlcanary-right");
    const { context, answer } = await lead({ env: {}, prompter });
    await answer;
    expect(prompter.asked).toEqual(["mem: Address", "mem: How do you sign in?", "mem: Role", "mem: Token"]);
    expect(await saved(context)).toEqual({
      ...{ provider: "memory", url: "memory:typed" },
      auth: { method: "role", role: "app" },
    });
  });

  it("is offered what is here, and not asked for a credential that is here, too (N3)", async () => {
    const prompter = personWho("memory:typed", "MEMORY_TOKEN is set");
    const { context, answer } = await lead({ prompter });
    expect(await answer).toMatchObject({ json: { identity: "somebody", displayName: "somebody of the team" } });
    expect(prompter.asked).toEqual(["mem: Address", "mem: How do you sign in?"]);
    expect(context.log.filter((line) => line === "open")).toHaveLength(1);
  });

  it("is asked where what is here is refused: no dead end (N2)", async () => {
    const prompter = personWho("memory:typed", "MEMORY_TOKEN is set", "vlcanary-mistyped", "vlcanary-right");
    const { context, answer } = await lead({ env: { MEMORY_TOKEN: "vlcanary-stale" }, prompter });
    await answer;
    expect(prompter.asked.slice(2)).toEqual(["mem: Token", "mem: Token"]);
    expect(await readFile(context.userFile, "utf8")).not.toContain("vlcanary");
  });

  it("is told what helps where nothing can be typed, e.g. a single sign-on that has ended", async () => {
    const create: Plugin["create"] = (options) =>
      (options as { readonly auth?: { readonly method?: string } }).auth?.method === "role"
        ? defineProvider({
            name: "memory",
            open: async () => {
              throw new SecretError("unauthenticated", "The sign-on has ended.", { hint: "memory login" });
            },
          })
        : memoryPlugin({}).create(options);
    const shown: string[] = [];
    const person = personWho("memory:typed", "Role", "app", "MEMORY_TOKEN is set");
    const prompter = { ...person, show: (line: string) => void shown.push(line) };
    const { answer } = await lead({ prompter, plugin: { ...SUGGESTING, create } });
    await answer.catch(() => undefined);
    expect(shown).toEqual(["mem: The sign-on has ended. Try again.", "Or end this with Ctrl-C, then: memory login"]);
  });

  it("keeps the address of the environment for another shell, and hears so; never a credential (N12)", async () => {
    const env = { MEMORY_URL: "memory:env", MEMORY_TOKEN: "vlcanary-right" };
    for (const prompter of [undefined, personWho("MEMORY_TOKEN is set")]) {
      const { context, answer } = await lead({ env, prompter });
      const { body } = await answer;
      expect(body[1]).toBe("Kept, since another shell may not have it: url memory:env (MEMORY_URL).");
      expect(await saved(context)).toMatchObject({ provider: "memory", url: "memory:env" });
      expect(await readFile(context.userFile, "utf8")).not.toContain("vlcanary");
    }
  });

  it("is asked again for an answer that cannot be right, at once and for no other", async () => {
    const create: Plugin["create"] = (options) => {
      const { url } = options as { readonly url?: string };
      if (url !== undefined && !url.startsWith("memory:")) throw new SecretError("invalid_config", "No such address.");
      return memoryPlugin({}).create(options);
    };
    const prompter = personWho("typo", "memory:typed", "Role", "app", "vlcanary-right");
    const { context, answer } = await lead({ env: {}, prompter, plugin: { ...SUGGESTING, create } });
    await answer;
    expect(prompter.asked).toEqual([
      ...["mem: Address", "mem: Address", "mem: How do you sign in?", "mem: Role", "mem: Token"],
    ]);
    expect(await saved(context)).toMatchObject({ url: "memory:typed" });
  });

  it("is asked how to sign in also where the connection is there and does not say it (F7)", async () => {
    const prompter = personWho("Role", "app", "vlcanary-right");
    const context = await openWorld({}, { env: {}, prompter, plugin: SUGGESTING });
    const connections = { mem: { provider: "memory", url: "memory:" } };
    await writeFile(context.userFile, JSON.stringify({ version: 1, connections }));
    await connect(context, { provider: "memory", plugin: memoryPlugin({}, [], SUGGESTING), given: {} });
    expect(prompter.asked).toEqual(["mem: How do you sign in?", "mem: Role", "mem: Token"]);
    expect(await saved(context)).toMatchObject({ url: "memory:", auth: { method: "role", role: "app" } });
  });

  it("who enters nothing is not told that something found was refused (F7)", async () => {
    const shown: string[] = [];
    const prompter = { ...personWho("", "vlcanary-right"), show: (line: string) => void shown.push(line) };
    const context = await openWorld({}, { env: {}, prompter });
    const connections = { mem: { provider: "memory", url: "memory:" } };
    await writeFile(context.userFile, JSON.stringify({ version: 1, connections }));
    await connect(context, { provider: "memory", plugin: memoryPlugin({}), given: {} });
    expect(shown).toEqual(["mem: The token is wrong or missing. Try again."]);
  });

  it("is shown the picker as the next step where the vault shows no secret", async () => {
    const prompter = personWho("memory:", "Token", "vlcanary-right");
    const { answer } = await lead({ env: {}, prompter }, {}, { "app/db": "vlcanary-db", unlisted: "" });
    expect((await answer).body.at(-1)).toBe("Next: vaultlink link NAME");
  });

  it("reads what is wrong with an answer in words that do not name an option", async () => {
    const shown: string[] = [];
    const prompter = {
      ...personWho("nowhere", "memory:", "Token", "vlcanary-right"),
      show: (line: string) => void shown.push(line),
    };
    const create: Plugin["create"] = (options) => {
      const { url } = options as { readonly url?: string };
      if (url === "nowhere") throw new SecretError("invalid_config", 'Option "url" must be a URL such as memory:.');
      return memoryPlugin({}).create(options);
    };
    await (
      await lead({ env: {}, prompter, plugin: { ...SUGGESTING, create } })
    ).answer;
    expect(shown).toEqual(["This must be a URL such as memory:. Try again."]);
  });

  it("may choose another way to sign in where what the first one needs is not there", async () => {
    const prompter = personWho("memory:", "Role", "gone", "memory:", "Token", "vlcanary-right");
    const create: Plugin["create"] = (options) => {
      const { auth = {} } = options as { readonly auth?: { readonly role?: string } };
      if (auth.role !== "gone") return memoryPlugin({}).create(options);
      return defineProvider({
        ...memoryPlugin({}).create(options),
        open: async () => {
          throw new SecretError("invalid_config", "There is no such role.");
        },
      });
    };
    const { context, answer } = await lead({ env: {}, prompter, plugin: { ...SUGGESTING, create } });
    await answer;
    expect(await saved(context)).toMatchObject({ auth: { method: "token" } });
  });

  it("is not asked for what flags say", async () => {
    const prompter = personWho("vlcanary-right");
    const { context, answer } = await lead({ env: {}, prompter }, { given: { url: "memory:", role: "app" } });
    await answer;
    expect(prompter.asked).toEqual(["mem: Token"]);
    expect(await saved(context)).toMatchObject({ url: "memory:", auth: { role: "app" } });
  });

  it("who is no terminal is told the flags", async () => {
    const { answer } = await lead({});
    const message = expect.stringMatching(/^Memory needs --url\./) as string;
    await expect(answer).rejects.toMatchObject({ code: "usage", message, exit: 64 });
  });

  it("is shown a next step with a secret that is there, or its form where the vault shows none (N5)", async () => {
    const given = { url: "memory:" };
    const shown = await (await lead({}, { given })).answer;
    expect(shown.body.at(-1)).toBe("Next: vaultlink link NAME mem://app/db");
    const hidden = await (await lead({}, { given }, { "app/db": "vlcanary-db", unlisted: "" })).answer;
    expect(hidden.body.at(-1)).toBe("Next: vaultlink link NAME 'mem://<path>'");
  });

  it("is shown one that asks for the field where a reference needs one, and a search where nobody may be asked", async () => {
    const given = { url: "memory:", role: "app" };
    const plugin = { ...SUGGESTING, pattern: "<path>#<field>" };
    const asked = await (await lead({ plugin, prompter: personWho() }, { given })).answer;
    expect(asked.body.at(-1)).toBe("Next: vaultlink link NAME");
    const unasked = await (await lead({ plugin }, { given })).answer;
    expect(unasked.body.at(-1)).toBe("Next: vaultlink search mem");
  });
});
