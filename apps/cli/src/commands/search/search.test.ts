import { writeFile } from "node:fs/promises";
import { type ListEntry, SecretError } from "@vaultlink/core";
import { describe, expect, it } from "vitest";
import { openWorld, type TestWorld } from "../../../test/context.ts";
import { listingVault } from "../../../test/listing.ts";
import { search } from "./search.ts";

async function holding(...paths: readonly string[]): Promise<TestWorld> {
  const context = await openWorld(Object.fromEntries(paths.map((path) => [path, "vlcanary-value"])));
  const connections = { mem: { provider: "memory", url: "memory:" } };
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections }));
  return context;
}

/** Items of a vault, whose fields a listing of their own tells, as 1Password does it. */
async function holdingItems(): Promise<TestWorld> {
  const items: Readonly<Record<string, readonly ListEntry[]>> = {
    "": [folder("App/"), folder("Shut/"), folder("Web/")],
    "App/": [item("App/db/"), item("App/id7/", "Café"), item("App/key/")],
    "App/db/": [field("App/db/user"), field("App/db/password")],
    "App/id7/": [field("App/id7/password")],
    "App/key/": [field("App/key/password")],
    "Shut/": [],
    "Web/": [item("Web/db/")],
    "Web/db/": [field("Web/db/password")],
  };
  const log: string[] = [];
  const create = listingVault(items, (prefix) => {
    log.push(prefix);
    if (prefix === "Shut/") throw new SecretError("denied", "No.");
  });
  const context = await openWorld({}, { plugin: { create } });
  const connections = { mem: { provider: "memory", url: "memory:" } };
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections }));
  return { ...context, log };
}
const field = (path: string): ListEntry => ({ locator: { path, query: {} } });
const folder = (path: string): ListEntry => ({ ...field(path), folder: true });
const item = (path: string, title?: string): ListEntry => ({
  ...folder(path),
  holdsFields: true,
  ...(title !== undefined && { title }),
});

async function all(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const taken: string[] = [];
  for await (const line of lines) taken.push(line);
  return taken;
}

/** The lines of a search, and its JSON. */
async function searched(
  context: TestWorld,
  ...args: readonly [query?: string, options?: Parameters<typeof search>[3]]
): Promise<{ readonly lines: readonly string[]; readonly json: Readonly<Record<string, unknown>> }> {
  const found = await search(context, "mem", ...args);
  const lines = await all(found.lines);
  return { lines, json: found.json() };
}

describe("search", () => {
  it("names what a connection holds, as references, and nothing else", async () => {
    const { lines, json } = await searched(await holding("app/db", "app/100%?", "web"));
    expect(lines).toEqual(["mem://app/db", "mem://app/100%25%3F", "mem://web"]);
    expect(json).toMatchObject({ connection: "mem", secrets: [{ reference: "mem://app/db" }, {}, {}], more: false });
    expect(JSON.stringify(json)).not.toContain("vlcanary");
  });

  it("quotes for a person what a shell would take apart, and for a program nothing", async () => {
    const context = await holding("app/my key", "web");
    const plain = ["mem://app/my key", "mem://web"];
    expect((await searched(context)).lines).toEqual(plain);
    const { lines, json } = await searched({ ...context, outputIsTerminal: true });
    expect(lines).toEqual(["'mem://app/my key'", "mem://web"]);
    expect(json["secrets"]).toEqual(plain.map((reference) => ({ reference })));
  });

  it("narrows by what is in the path, in any case, and by a prefix", async () => {
    const context = await holding("app/Postgres", "app/redis", "web/postgres");
    expect((await searched(context, "postgres")).lines).toEqual(["mem://app/Postgres", "mem://web/postgres"]);
    expect((await searched(context, "postgres", { prefix: "web/" })).lines).toEqual(["mem://web/postgres"]);
  });

  it("stops at the limit, and says so", async () => {
    const context = await holding("a", "b", "c");
    expect(await searched(context, "", { limit: "2" })).toMatchObject({
      lines: ["mem://a", "mem://b"],
      json: { more: true },
    });
    expect(context.notices).toEqual(["There are more than 2: narrow the search, or give a greater --limit."]);
    await expect(search(context, "mem", "", { limit: "0" })).rejects.toMatchObject({ code: "usage" });
  });

  it("asks for no folder once there is enough, and for no item that does not match (F4)", async () => {
    const first = await holdingItems();
    expect(await searched(first, "db", { limit: "1" })).toMatchObject({
      lines: ["mem://App/db/user"],
      json: { more: true },
    });
    expect(first.log).toEqual(["", "App/", "App/db/"]);
    const both = await holdingItems();
    expect((await searched(both, "db/pass")).lines).toEqual(["mem://App/db/password", "mem://Web/db/password"]);
    expect(both.log).toEqual(["", "App/", "App/db/", "Shut/", "Web/", "Web/db/"]);
    const enough = await holdingItems();
    await searched(enough, "key", { limit: "1" });
    expect(enough.log).toEqual(["", "App/", "App/key/"]);
    expect(enough.notices).toEqual(["There may be more than 1: narrow the search, or give a greater --limit."]);
    const none = await holdingItems();
    await searched(none, "user");
    expect(none.notices).toEqual([
      "The permission to list is missing for Shut/.",
      "Nothing was found.",
      "Only names of items were looked at: to find a field, write 'item/' before it.",
    ]);
  });

  it("shows what a person knows a secret by, where its reference has an id (F11)", async () => {
    const found = await searched(await holdingItems(), "café");
    expect(found.lines).toEqual(["mem://App/id7/password  (App/Café/password)"]);
    expect(found.json).toMatchObject({
      secrets: [{ reference: "mem://App/id7/password", title: "App/Café/password" }],
    });
  });

  it("says that nothing was found", async () => {
    const context = await holding("a");
    expect((await searched(context, "nothing")).lines).toEqual([]);
    expect(context.notices).toEqual(["Nothing was found."]);
  });

  it("says that the permission to list is missing, and how to go on", async () => {
    const found = await search(await holding("a", "unlisted"), "mem");
    await expect(all(found.lines)).rejects.toMatchObject({
      code: "denied",
      message: expect.stringMatching(/permission to list is missing/) as string,
      details: { hint: "vaultlink link NAME" },
    });
  });

  it("refuses a connection that there is not", async () => {
    await expect(search(await holding("a"), "nope")).rejects.toMatchObject({ code: "unresolved" });
  });
});
