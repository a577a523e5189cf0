import { appendFile, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type AgentShell, startAgent } from "../agent-shell.ts";
import { openShell, type Shell } from "../shell.ts";
import { expectCell, type Library, libraryIn, packageOf } from "./faces.ts";
import { FAULTS } from "./faults.ts";
import { writeProvider } from "./provider.ts";

// Many processes, one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const VARIABLES = { ACME_TOKEN: "vlcanary-right", OTHER_TOKEN: "vlcanary-other" };

/** Each row's provider has a name of its own; `well` has no fault. */
const named = FAULTS.map((row, at) => ({ ...row, name: `row${at}` }));
const rows = named.map((row) => [row.fault, row] as const);

const ends: (() => Promise<void>)[] = [];
const onEnd = (work: () => Promise<void>): void => void ends.unshift(work);
let shell: Shell;
let inLibrary: Library;
let viaAgent: AgentShell["call"];
/** The number of its process. */
let agent: number;

beforeAll(async () => {
  shell = await openShell(VARIABLES, onEnd);
  const installed = join(dirname(shell.userFile), "node_modules");
  for (const { name, made } of [...named, { name: "well", made: {} }]) {
    if (made !== undefined) await writeProvider(join(installed, packageOf(name)), packageOf(name), { name, ...made });
    // Not above the user's configuration, which would find it there.
    await writeProvider(join(shell.home, "app/node_modules", packageOf(name)), packageOf(name), { name, ...made });
  }
  const connect = (names: readonly string[]): Promise<void> =>
    shell.writeUser({
      version: 1,
      connections: Object.fromEntries(names.map((name) => [name, { provider: packageOf(name), url: "acme:" }])),
    });
  await connect(["well", ...named.filter(({ made, trust }) => made && trust !== "none").map(({ name }) => name)]);
  await shell("trust", "--yes");
  await connect(["well", ...named.map(({ name }) => name)]);
  for (const { name, trust } of named) {
    if (trust === "before") await appendFile(join(installed, packageOf(name), "index.js"), "// changed\n");
  }
  inLibrary = await libraryIn(shell, VARIABLES);
  viaAgent = (await startAgent(shell, onEnd)).call;
  agent = await pidOfAgent();
});

afterAll(async () => {
  for (const end of ends) await end();
});

async function pidOfAgent(): Promise<number> {
  const { stdout } = await viaAgent(["agent", "status", "--json"]);
  return (JSON.parse(stdout) as { agent: { pid: number } }).agent.pid;
}

// Cells whose provider hangs wait for a deadline: together they wait once.
describe.concurrent("the command", () => {
  it.each(rows)("%s", async (_, { command, name, path = "db" }) => {
    expectCell(await shell.call(["get", `${name}://${path}`], { reveals: true }), command, name);
  });
});

describe("the command that goes through an agent", () => {
  it.each(rows)("%s", async (_, { command, name, path = "db" }) => {
    expectCell(await viaAgent(["get", `${name}://${path}`], { reveals: true }), command, name);
  });

  it("whose agent is still the same, and serves the connections of others", async () => {
    expect(await pidOfAgent()).toBe(agent);
    expect(await viaAgent(["get", "well://db"], { reveals: true })).toMatchObject({ code: 0, stdout: "vlcanary-db\n" });
  });
});

describe.concurrent("the library", () => {
  it.each(rows)("%s", async (_, { library, made, name, path = "db" }) => {
    const ran = await inLibrary.read(made === undefined ? packageOf("absent") : packageOf(name), name, path);
    expectCell({ ...ran, stderr: ran.stderr.replaceAll(packageOf("absent"), packageOf(name)) }, library, name);
  });
});

it("the page for authors has the same table", async () => {
  const page = await readFile(fileURLToPath(new URL("../../../../docs/providers/faults.md", import.meta.url)), "utf8");
  const cells = [...page.matchAll(/^\|(.+)\|$/gm)].map(([, row = ""]) => row.split("|").map((cell) => cell.trim()));
  expect(cells.slice(2)).toEqual(FAULTS.map(({ fault, library, command }) => [fault, library.says, command.says]));
});
