import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { type Held, openWorld, type TestWorld } from "../../../test/context.ts";
import type { CliContext } from "../../context.ts";
import { exportValues } from "./export.ts";

async function linked(links: object, held: Held, changes: Partial<CliContext> = {}): Promise<TestWorld> {
  const context = await openWorld(held, changes);
  const connections = { mem: { provider: "memory", url: "memory:" } };
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections }));
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links }));
  return context;
}

const LINKS = { A: "mem://a", B: "mem://b" };
const HELD = { a: "vlcanary-a", b: "vlcanary-b" };
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe("export", () => {
  it("gives all names, or those that are named", async () => {
    const context = await linked(LINKS, HELD);
    expect(text((await exportValues(context, [])).bytes)).toBe("A=vlcanary-a\nB=vlcanary-b\n");
    expect(text((await exportValues(context, ["B"])).bytes)).toBe("B=vlcanary-b\n");
    expect(text((await exportValues(context, [], { only: ["A"], format: "shell" })).bytes)).toBe(
      "export A='vlcanary-a'\n",
    );
    const { json } = await exportValues(context, ["B"], { format: "yaml" });
    expect(json).toEqual({ format: "yaml", names: ["B"], text: '"B": "vlcanary-b"\n' });
  });

  it("E37: gives nothing unless every required name resolves, and names each that did not", async () => {
    const context = await linked({ ...LINKS, GONE: "mem://gone", DECLARED: null }, HELD);
    await expect(exportValues(context, [])).rejects.toMatchObject({
      failures: [{ name: "GONE" }, { name: "DECLARED" }],
    });
  });

  it("goes without a name that is not required, and says so once", async () => {
    const context = await linked({ ...LINKS, GONE: { reference: "mem://gone", required: false } }, HELD);
    expect(text((await exportValues(context, [])).bytes)).toBe("A=vlcanary-a\nB=vlcanary-b\n");
    expect(context.notices.filter((line) => line.startsWith("GONE: "))).toHaveLength(1);
  });

  it("E38: names the values that the format cannot carry", async () => {
    const context = await linked(LINKS, { a: "vlcanary-\n1", b: "vlcanary-b" });
    await expect(exportValues(context, [], { format: "docker" })).rejects.toMatchObject({
      failures: [{ name: "A", error: { code: "unusable", details: { reason: "format" } } }],
    });
  });

  it.each(["dotenv", "json"])("refuses a binary value as %s, and a NUL where it becomes a variable", async (format) => {
    const context = await linked(LINKS, { a: Uint8Array.of(0xff, 0xfe), b: "vlcanary-\0" });
    const failures = format === "json" ? [{ name: "A" }] : [{ name: "A" }, { name: "B" }];
    await expect(exportValues(context, [], { format })).rejects.toMatchObject({ failures });
  });

  it("refuses the names that run refuses, where they become variables", async () => {
    const context = await linked({ PATH: "mem://a", "with-dash": "mem://a" }, HELD);
    await expect(exportValues(context, [], { format: "shell" })).rejects.toMatchObject({
      failures: [{ name: "PATH" }, { name: "with-dash" }],
    });
    expect(context.log).toEqual([]);
    expect(text((await exportValues(context, [], { format: "json" })).bytes)).toContain('"with-dash": "vlcanary-a"');
  });

  it("says which formats there are", async () => {
    const context = await linked(LINKS, HELD);
    await expect(exportValues(context, [], { format: "shel" })).rejects.toThrow("did you mean shell?");
    await expect(exportValues(context, [], { format: "constructor" })).rejects.toThrow("there are dotenv, json");
  });

  it("has GitHub Actions mask the values, and nobody else", async () => {
    const inAction = await linked(LINKS, HELD, { env: { MEMORY_TOKEN: "vlcanary-right", GITHUB_ACTIONS: "true" } });
    const { before } = await exportValues(inAction, ["A"], { format: "github" });
    expect(before === "::add-mask::vlcanary-a\n").toBe(true);
    expect((await exportValues(inAction, ["A"])).before).toBeUndefined();
    expect((await exportValues(await linked(LINKS, HELD), ["A"], { format: "github" })).before).toBeUndefined();
  });

  it("drives no terminal", async () => {
    const context = await linked({ A: "mem://a" }, { a: "vlcanary-\u001b[2J" }, { outputIsTerminal: true });
    await expect(exportValues(context, [])).rejects.toMatchObject({ code: "unusable" });
    expect(text((await exportValues(context, [], { format: "json" })).bytes)).toContain("\\u001b[2J");
  });
});
