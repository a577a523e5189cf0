import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { openWorld, type TestWorld } from "../../../test/context.ts";
import { search } from "./search.ts";

async function holding(...paths: readonly string[]): Promise<TestWorld> {
  const context = await openWorld(Object.fromEntries(paths.map((path) => [path, "vlcanary-value"])));
  const connections = { mem: { provider: "memory", url: "memory:" } };
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections }));
  return context;
}

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
    expect(context.notices).toEqual(["There are more than 2: narrow the search, or add --limit."]);
    await expect(search(context, "mem", "", { limit: "0" })).rejects.toMatchObject({ code: "usage" });
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
      details: { hint: "vaultlink link NAME 'mem://…'" },
    });
  });

  it("refuses a connection that there is not", async () => {
    await expect(search(await holding("a"), "nope")).rejects.toMatchObject({ code: "unresolved" });
  });
});
