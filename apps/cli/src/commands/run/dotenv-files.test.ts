import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openWorld, type TestWorld } from "../../../test/context.ts";
import { run, type RunOptions } from "./run.ts";

const HELD = { a: "vlcanary-a", b: "vlcanary-b" };

/** A project with a link `LINKED`, and these files. */
async function withFiles(files: Readonly<Record<string, string>>): Promise<TestWorld> {
  const context = await openWorld(HELD);
  const connections = { mem: { provider: "memory", url: "memory:" } };
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections }));
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links: { LINKED: "mem://a" } }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(context.cwd, name), text, { mode: 0o600 });
  return context;
}

/** The variables that the child got besides ours. */
async function given(context: TestWorld, options: RunOptions): Promise<Readonly<Record<string, string | undefined>>> {
  await run(context, ["true"], options);
  const { MEMORY_TOKEN, ...rest } = context.started.at(-1)?.env ?? {};
  return rest;
}

describe("run --dotenv", () => {
  it("resolves references, and passes other values on", async () => {
    const file =
      "# comment\nexport SECRET=mem://b\nQUOTED='mem://a'\nHOST=localhost\nURL=https://example.com/x#y\nDSN=postgres://db\n";
    const context = await withFiles({ ".env": file });
    expect(await given(context, { dotenv: [".env"] })).toEqual({
      ...{ LINKED: "vlcanary-a", SECRET: "vlcanary-b", QUOTED: "vlcanary-a" },
      ...{ HOST: "localhost", URL: "https://example.com/x#y", DSN: "postgres://db" },
    });
  });

  it("wins over links, and a later file over an earlier one", async () => {
    const context = await withFiles({ one: "LINKED=mem://b\nX=1\nY=mem://a", two: "X=mem://b\nY=2" });
    expect(await given(context, { dotenv: ["one", "two"] })).toEqual({
      LINKED: "vlcanary-b",
      X: "vlcanary-b",
      Y: "2",
    });
  });

  it("gives only the names of --only, whichever they come from", async () => {
    const context = await withFiles({ ".env": "A=mem://a\nB=mem://b\nC=3\nD=4" });
    expect(await given(context, { dotenv: [".env"], only: ["B", "C"] })).toEqual({ B: "vlcanary-b", C: "3" });
    await expect(run(context, ["true"], { dotenv: [".env"], only: ["E"] })).rejects.toMatchObject({
      failures: [{ error: { code: "unresolved" } }],
    });
  });

  it("starts nothing unless every reference resolves", async () => {
    const context = await withFiles({ ".env": "GONE=mem://gone\nA=mem://a" });
    await expect(run(context, ["true"], { dotenv: [".env"] })).rejects.toMatchObject({
      failures: [{ name: "GONE", error: { code: "not_found" } }],
    });
    expect(context.started).toEqual([]);
  });

  it("passes no reference on in place of a secret, where its connection is not here", async () => {
    const context = await withFiles({ ".env": "A=mme://a" });
    await expect(run(context, ["true"], { dotenv: [".env"] })).rejects.toMatchObject({
      failures: [{ name: "A", error: { code: "unresolved", message: /did you mean mem:\/\// } }],
    });
  });

  it("refuses names that change what programs do, and repeats none that is no name", async () => {
    const context = await withFiles({ one: "LD_PRELOAD=/tmp/x.so", two: "A=1\nvlcanary-pasted=1" });
    await expect(run(context, ["true"], { dotenv: ["one"] })).rejects.toMatchObject({
      failures: [{ name: "LD_PRELOAD" }],
    });
    const failed = await run(context, ["true"], { dotenv: ["two"] }).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: "invalid_config" });
    expect(String(failed)).toMatch(/Variable 2 has no name(?!.*vlcanary)/);
  });

  it("says that there is no such file", async () => {
    const context = await withFiles({});
    await expect(run(context, ["true"], { dotenv: ["nowhere"] })).rejects.toMatchObject({ exit: 64 });
  });

  it("masks what it resolved, and not what it passed on", async () => {
    const context = await withFiles({ ".env": "SECRET=mem://b\nHOST=localhost\nTINY=mem://a" });
    await run(context, ["true"], { dotenv: [".env"], only: ["HOST"] });
    expect(context.started.at(-1)?.mask).toBeUndefined();
    await run(context, ["true"], { dotenv: [".env"], only: ["SECRET"] });
    expect(context.started.at(-1)?.mask).toMatchObject({ stdout: true, stderr: true });
    await run({ ...context, outputIsTerminal: true }, ["true"], {});
    expect(context.started.at(-1)?.mask).toMatchObject({ stdout: false, stderr: true });
    await run({ ...context, outputIsTerminal: true, errorIsTerminal: true }, ["true"], {});
    expect(context.started.at(-1)?.mask).toBeUndefined();
    await run({ ...context, outputIsTerminal: true, errorIsTerminal: true }, ["true"], { mask: "always" });
    expect(context.started.at(-1)?.mask).toMatchObject({ stdout: true, stderr: true });
    await run(context, ["true"], { mask: "never" });
    expect(context.started.at(-1)?.mask).toBeUndefined();
  });
});
