import { appendFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { openShell, type Shell } from "../shell.ts";
import { type Made, writeProvider } from "./provider.ts";

// Many processes, one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const PACKAGE = "vaultlink-provider-acme";

interface Connected {
  readonly shell: Shell;
  /** The provider's code. */
  readonly code: string;
  /** What the code noted since this was last asked: `"loaded"` each time it was, and what else it calls `note` with. */
  readonly notes: () => Promise<readonly string[]>;
}

/** A user's connection to a provider whose code notes when it is loaded, and a link to it. */
async function connected(made: Made): Promise<Connected> {
  const shell = await openShell({ ACME_TOKEN: "vlcanary-right" });
  const file = join(shell.home, "notes");
  const first = `import { appendFileSync } from "node:fs";
const note = (word) => appendFileSync(${JSON.stringify(file)}, word + "\\n");
note("loaded");`;
  const folder = join(dirname(shell.userFile), "node_modules", PACKAGE);
  await writeProvider(folder, PACKAGE, { ...made, first });
  expect(await shell("connect", PACKAGE, "acme", "--url", "acme:", "--trust")).toMatchObject({ code: 0 });
  expect(await shell("link", "DB", "acme://db")).toMatchObject({ code: 0 });
  let seen = 0;
  const notes = async (): Promise<readonly string[]> => {
    const since = ((await shell.read(file)) ?? "").slice(seen);
    seen += since.length;
    return since.split("\n").slice(0, -1);
  };
  await notes();
  return { shell, code: join(folder, "index.js"), notes };
}

/** The commands that ask a provider the most: where it is, what it finds, and to sign in. */
const ASKING = [
  ["doctor", "acme"],
  ["status", "--check"],
  ["explain", "DB", "--check"],
];

describe("the code of somebody else's provider", () => {
  it("is loaded once by a command, and no more once it has changed", async () => {
    const { shell, code, notes } = await connected({
      provider: `where: async () => ({ facts: [{ what: "site", value: "north" }] }),`,
      plugin: "suggest: async () => ({ methods: [] }),",
    });
    for (const command of ASKING) {
      expect([command, (await shell(...command)).code]).toEqual([command, 0]);
      expect([command, await notes()]).toEqual([command, ["loaded"]]);
    }
    await appendFile(code, 'note("changed");\n');
    for (const command of ASKING) {
      expect((await shell(...command)).stdout).toContain("has changed since you trusted it");
      expect([command, await notes()]).toEqual([command, []]);
    }
  });
});
