import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { ListEntry, Plugin } from "@vaultlink/core";
import { openWorld, personWho, type TestWorld } from "../../test/context.ts";
import { listingVault } from "../../test/listing.ts";
import { get } from "../commands/get.ts";
import { link } from "../commands/link.ts";
import { relink } from "../commands/relink.ts";

const HELD = {
  "app/db": { username: "vlcanary-user", password: "vlcanary-password" },
  "app/key": "vlcanary-key",
};

type Person = ReturnType<typeof personWho> & { readonly shown: string[] };

/** A person who gives these answers, at a connection `mem`. */
async function picking(
  answers: readonly string[],
  { held = HELD, plugin }: { readonly held?: Parameters<typeof openWorld>[0]; readonly plugin?: Partial<Plugin> } = {},
): Promise<TestWorld & { readonly prompter: Person }> {
  const shown: string[] = [];
  const prompter = { ...personWho(...answers), shown, show: (line: string) => void shown.push(line) };
  const context = await openWorld(held, { prompter, ...(plugin && { plugin }) });
  await writeFile(
    context.userFile,
    JSON.stringify({ version: 1, connections: { mem: { provider: "memory", url: "memory:" } } }),
  );
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links: { OLD: "mem://app/key" } }));
  return { ...context, prompter };
}

const linked = async (context: TestWorld): Promise<unknown> =>
  (JSON.parse(await readFile(context.projectFile, "utf8")) as { links: unknown }).links;

describe("link without a reference", () => {
  it("has a person pick connection, secret and field, and never shows a value", async () => {
    const context = await picking(["mem", "app/db", "password"]);
    await link(context, "DB", undefined);
    expect(await linked(context)).toMatchObject({ DB: "mem://app/db#password" });
    expect(context.prompter.asked).toEqual([
      "DB: Which connection?",
      "DB: Which secret? mem://",
      "Which field of mem://app/db?",
    ]);
    expect(JSON.stringify([context.prompter, context.notices])).not.toContain("vlcanary");
  });

  it("asks for no field of a secret that has none", async () => {
    const context = await picking(["mem", "app/key"]);
    await link(context, "KEY", undefined);
    expect(await linked(context)).toMatchObject({ KEY: "mem://app/key" });
  });

  it("does not read a secret whose path leads to a field", async () => {
    const context = await picking(["mem", "app/key"], { plugin: { pattern: "<vault>/<item>/<field>" } });
    await link(context, "KEY", undefined);
    expect(context.log).toEqual(["open", "list "]);
  });

  it("says that nothing may be listed, and takes a typed reference", async () => {
    const context = await picking(["mem", "Type a reference", "mem://app/key"], {
      ...{ held: { ...HELD, unlisted: "" }, plugin: { pattern: "<path>#<field>" } },
    });
    await link(context, "KEY", undefined);
    expect(context.prompter.asked.at(-1)).toBe(
      "KEY: reference, such as mem://<path>#<field> (leave empty to declare the name only)",
    );
    expect(context.prompter.shown).toEqual([expect.stringMatching(/^The permission to list is missing/)]);
    expect(await linked(context)).toMatchObject({ KEY: "mem://app/key" });
  });

  it("shows an item's title instead of its id, and what is disabled (F11)", async () => {
    const held: Readonly<Record<string, readonly ListEntry[]>> = {
      "": [{ locator: { path: "id7/", query: {} }, folder: true, title: "Café" }],
      "id7/": [{ locator: { path: "id7/key", query: {} }, state: "disabled" }],
    };
    const context = await picking(["mem", "Café/", "key (disabled)"], {
      plugin: { pattern: "<item>/<field>", create: listingVault(held) },
    });
    await link(context, "KEY", undefined);
    expect(context.prompter.asked.at(-1)).toBe("KEY: Which secret? mem://Café/");
    expect(await linked(context)).toMatchObject({ KEY: "mem://id7/key" });
  });

  it("asks for the field of a typed reference, too (F11)", async () => {
    const context = await picking(["mem", "Type a reference", "mem://app/db", "password"]);
    await link(context, "DB", undefined);
    expect(context.prompter.asked.at(-1)).toBe("Which field of mem://app/db?");
    expect(await linked(context)).toMatchObject({ DB: "mem://app/db#password" });
    const relinking = await picking(["mem", "Type a reference", "mem://app/db", "username"]);
    await relink(relinking, "OLD", undefined);
    expect(await linked(relinking)).toEqual({ OLD: "mem://app/db#username" });
  });

  it("may declare the name only", async () => {
    const context = await picking(["Only declare the name"]);
    await link(context, "LATER", undefined);
    expect(await linked(context)).toMatchObject({ LATER: null });
  });

  it("changes nothing when the person cancels", async () => {
    const context = await picking(["mem"]);
    await expect(link(context, "DB", undefined)).rejects.toMatchObject({ code: "aborted" });
    expect(await linked(context)).toEqual({ OLD: "mem://app/key" });
  });
});

it("relink and get pick in the same way", async () => {
  const relinking = await picking(["mem", "app/db", "username"]);
  await relink(relinking, "OLD", undefined);
  expect(await linked(relinking)).toEqual({ OLD: "mem://app/db#username" });
  const getting = await picking(["Another secret of a vault", "app/db", "password"]);
  expect(Buffer.from((await get(getting, undefined)).bytes).toString()).toBe("vlcanary-password\n");
  const named = await picking(["OLD"]);
  expect(Buffer.from((await get(named, undefined)).bytes).toString()).toBe("vlcanary-key\n");
  await expect(get(await openWorld(), undefined)).rejects.toMatchObject({ code: "usage" });
});

describe("an identifier that several connections serve (N14)", () => {
  const parseIdentifier: Plugin["parseIdentifier"] = (text) =>
    text.startsWith("memory:") ? { locator: { path: text.slice(7), query: {} } } : undefined;
  const connections = { one: { provider: "memory", url: "memory:1" }, two: { provider: "memory", url: "memory:2" } };

  it("is linked for the one that a person chooses, and the link remembers it", async () => {
    const context = await picking(["two"], { plugin: { parseIdentifier } });
    await writeFile(context.userFile, JSON.stringify({ version: 1, connections }));
    await link(context, "DB", "memory:app/db#password");
    expect(await linked(context)).toMatchObject({ DB: "two://app/db#password" });
  });

  it("is refused where nobody can be asked, with what to write", async () => {
    const context = await openWorld(HELD, { plugin: { parseIdentifier } });
    await writeFile(context.userFile, JSON.stringify({ version: 1, connections }));
    await expect(link(context, "DB", "memory:app/db#password")).rejects.toMatchObject({
      code: "ambiguous",
      details: { hint: "Write it for one of them, e.g. one://app/db#password" },
    });
  });
});

it.each([
  ["relink", (context: TestWorld) => relink(context, "OLD", undefined), ["mem"]],
  ["get", (context: TestWorld) => get(context, undefined), ["Another secret of a vault"]],
] as const)("%s has a person who picks sign in once", async (_command, perform, first) => {
  const context = await picking([...first, "vlcanary-right", "app/db", "username"]);
  await perform({ ...context, env: {} });
  expect(context.prompter.asked.filter((label) => label === "mem: Token")).toHaveLength(1);
});

it("whoever types a reference begins where they looked last", async () => {
  const begun: string[] = [];
  const context = await picking(["mem", "Type a reference"]);
  const edit = async (_label: string, before: string): Promise<string> => {
    begun.push(before);
    return "mem://app/key";
  };
  await link({ ...context, prompter: { ...context.prompter, edit } }, "KEY", undefined);
  expect(begun).toEqual(["mem://"]);
});
