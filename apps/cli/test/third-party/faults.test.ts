import { execFile } from "node:child_process";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type AgentShell, startAgent } from "../agent-shell.ts";
import { openShell, type Ran, type Shell } from "../shell.ts";
import { type Cell, FAULTS } from "./faults.ts";
import { writeProvider } from "./provider.ts";

// Many processes, one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const CORE = new URL("../../../../packages/core/src/index.ts", import.meta.url).href;
const VARIABLES = { ACME_TOKEN: "vlcanary-right", OTHER_TOKEN: "vlcanary-other" };
const packageOf = (name: string): string => `vaultlink-provider-${name}`;

/** Each row's provider has a name of its own; `well` has no fault. */
const named = FAULTS.map((row, at) => ({ ...row, name: `row${at}` }));
const rows = named.map((row) => [row.fault, row] as const);

const ends: (() => Promise<void>)[] = [];
const onEnd = (work: () => Promise<void>): void => void ends.unshift(work);
let shell: Shell;
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
  await writeFile(join(shell.home, "app/main.mjs"), PROGRAM.replace("CORE", CORE));
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

function expectCell({ code, stdout, stderr }: Pick<Ran, "code" | "stdout" | "stderr">, cell: Cell, name: string): void {
  expect([code, stdout]).toEqual([cell.code, cell.prints ?? ""]);
  const { tells = "" } = cell;
  expect(stderr).toContain(tells.replaceAll("PACKAGE", packageOf(name)).replaceAll("NAME", name));
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
    const given = [made === undefined ? packageOf("absent") : packageOf(name), name, path];
    const ran = await runProgram(given);
    expectCell({ ...ran, stderr: ran.stderr.replaceAll(packageOf("absent"), packageOf(name)) }, library, name);
  });
});

it("the page for authors has the same table", async () => {
  const page = await readFile(fileURLToPath(new URL("../../../../docs/providers/faults.md", import.meta.url)), "utf8");
  const cells = [...page.matchAll(/^\|(.+)\|$/gm)].map(([, row = ""]) => row.split("|").map((cell) => cell.trim()));
  expect(cells.slice(2)).toEqual(FAULTS.map(({ fault, library, command }) => [fault, library.says, command.says]));
});

/** A program that uses the provider as any other library. */
const PROGRAM = `
import { createVault } from "CORE";
const [, , packageName, name, path] = process.argv;
const connection = {
  provider: name,
  load: async () => (await import(packageName)).plugin,
  options: { url: "acme:" },
};
const limits = { deadlineMs: 3000, attemptMs: 1000 };
const vault = createVault({ connections: { [name]: connection }, env: process.env, limits });
try {
  console.log((await vault.get(name + "://" + path)).reveal());
  process.exit(0);
} catch ({ code, message }) {
  console.error(code, message);
  process.exit({ invalid_config: 78, timeout: 75 }[code] ?? 70);
}
`;

function runProgram(given: readonly string[]): Promise<Pick<Ran, "code" | "stdout" | "stderr">> {
  const env = { PATH: process.env["PATH"], HOME: shell.home, XDG_CONFIG_HOME: shell.home, ...VARIABLES };
  const args = ["--conditions=source", join(shell.home, "app/main.mjs"), ...given];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { env, cwd: shell.home }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}
