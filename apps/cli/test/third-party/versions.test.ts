import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type AgentShell, startAgent } from "../agent-shell.ts";
import { openShell, type Shell } from "../shell.ts";
import { expectCell, type Library, libraryIn, packageOf } from "./faces.ts";
import { writeProvider } from "./provider.ts";
import { type VersionRow, VERSIONS } from "./versions.ts";

// The later core is made of the sources: packed, there is nothing to change it by.
vi.hoisted(() => delete process.env["VAULTLINK_TEST_MAIN"]);
// Many processes, one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const VARIABLES = { ACME_TOKEN: "vlcanary-right" };
const IN_VERSION_TWO = [`--import=${new URL("./version-two.ts", import.meta.url).href}`];
const written = [0, 1, 2, 3];
const nameOf = (version: number): string => `v${version}`;

/** The faces of one core. */
interface Faces {
  readonly library: Library;
  readonly command: Shell["call"];
  readonly agent: AgentShell["call"];
}

const ends: (() => Promise<void>)[] = [];
const onEnd = (work: () => Promise<void>): void => void ends.unshift(work);
let faces: Readonly<Record<VersionRow["core"], Faces>>;

beforeAll(async () => {
  const shell = await openShell(VARIABLES, onEnd);
  for (const version of written) {
    const name = nameOf(version);
    for (const folder of [dirname(shell.userFile), join(shell.home, "app")]) {
      const made = { name, specVersion: version };
      await writeProvider(join(folder, "node_modules", packageOf(name)), packageOf(name), made);
    }
  }
  const connections: Record<string, object> = {};
  for (const name of written.map(nameOf)) connections[name] = { provider: packageOf(name), url: "acme:" };
  await shell.writeUser({ version: 1, connections });
  await shell("trust", "--yes");
  faces = { 1: await facesOf(shell, []), 2: await facesOf(shell, IN_VERSION_TWO) };
});

afterAll(async () => {
  for (const end of ends) await end();
});

async function facesOf(shell: Shell, flags: readonly string[]): Promise<Faces> {
  const command: Shell["call"] = (args, options) => shell.call(args, { ...options, flags });
  const { call: agent } = await startAgent(Object.assign(shell.bind(undefined), { ...shell, call: command }), onEnd);
  return { library: await libraryIn(shell, VARIABLES, flags), command, agent };
}

describe.each(VERSIONS)("a provider of version $provider, in a core of version $core", (row) => {
  const { provider, core, ...cells } = row;
  const name = nameOf(provider);

  it("in the library", async () => {
    expectCell(await faces[core].library.read(packageOf(name), name, "db"), cells.library, name);
  });

  it("in the command", async () => {
    expectCell(await faces[core].command(["get", `${name}://db`], { reveals: true }), cells.command, name);
  });

  it("in the command that goes through an agent", async () => {
    expectCell(await faces[core].agent(["get", `${name}://db`], { reveals: true }), cells.command, name);
  });
});

it("the page for authors has the same table", async () => {
  const page = fileURLToPath(new URL("../../../../docs/providers/versions.md", import.meta.url));
  const [, table = ""] = (await readFile(page, "utf8")).split("## Tried\n");
  const rows = [...table.matchAll(/^\|(.+)\|$/gm)].map(([, row = ""]) => row.split("|").map((cell) => cell.trim()));
  expect(rows.slice(2)).toEqual(
    VERSIONS.map(({ provider, core, library, command }) => [`${provider}`, `${core}`, library.says, command.says]),
  );
});
