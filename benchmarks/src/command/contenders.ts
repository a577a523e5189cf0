import { once } from "node:events";
import { spawn } from "node:child_process";
import { run, type MeasureOptions } from "../run-process.ts";
import { findPeers, type Peer } from "./peers.ts";
import { NAMES, type Place, type Variables } from "./places.ts";

/** One command of the table. */
export interface Contender {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Variables;
  readonly cwd: string;
  readonly streams?: MeasureOptions["streams"];
  /** The command with another program in the place of `true`; absent where nothing is run. */
  readonly running?: (program: readonly string[]) => readonly string[];
}

export interface Places {
  readonly bao: Place;
  readonly aws: Place;
}

const OFF = { VAULTLINK_AGENT: "off" };
const ON = { VAULTLINK_AGENT: "on" };

/** The rows of our own command, `node` first. */
export function ourContenders(cli: string, { bao, aws }: Places): readonly Contender[] {
  const ours = (name: string, args: readonly string[], place: Place, more: Variables): Contender => ({
    name,
    command: [process.execPath, cli, ...args],
    env: { ...place.env, ...more },
    cwd: place.folder,
  });
  const runs = (name: string, place: Place, more: Variables, streams?: "terminal"): Contender => {
    const running = (program: readonly string[]): readonly string[] => [
      ...[process.execPath, cli, "run", "--"],
      ...program,
    ];
    return { ...ours(name, ["run", "--", "true"], place, more), running, ...(streams && { streams }) };
  };
  return [
    { name: "node -e 0", command: [process.execPath, "-e", "0"], env: bao.env, cwd: bao.folder },
    ours("vaultlink --version", ["--version"], bao, OFF),
    ours("vaultlink list", ["list"], bao, OFF),
    ours("vaultlink get, warm", ["get", "BENCH_0"], bao, ON),
    runs(`vaultlink run, ${NAMES} names, warm`, bao, ON),
    runs(`vaultlink run, ${NAMES} names, warm, at a terminal`, bao, ON, "terminal"),
    ours("vaultlink get, cold, OpenBao", ["get", "BENCH_0"], bao, OFF),
    runs(`vaultlink run, ${NAMES} names, cold, OpenBao`, bao, OFF),
    runs(`vaultlink run, ${NAMES} names, cold, AWS at 30 ms`, aws, OFF),
  ];
}

/** The rows of the tools that are installed here. */
export function peerContenders({ bao, aws }: Places): {
  readonly rows: readonly Contender[];
  readonly missing: readonly string[];
  readonly found: readonly Peer[];
} {
  const { found, missing } = findPeers();
  return { rows: found.flatMap((peer) => rowsOf(peer, { bao, aws })), missing, found };
}

function rowsOf({ name, program }: Peer, { bao, aws }: Places): readonly Contender[] {
  const row = (title: string, before: readonly string[], { env, folder }: Place, more: Variables = {}): Contender => {
    const running = (child: readonly string[]): readonly string[] => [program, ...before, ...child];
    return { name: title, command: running(["true"]), running, env: { ...env, ...more }, cwd: folder };
  };
  switch (name) {
    case "vals":
      return [row("vals exec, OpenBao", ["exec", "-i", "-f", "vals.yaml", "--"], bao)];
    case "secretspec":
      return [row("secretspec run, OpenBao", ["run", "--"], bao)];
    case "varlock":
      return [
        row("varlock run, cold, AWS at 30 ms", ["run", "--path", "uncached/", "--"], aws),
        row("varlock run, warm", ["run", "--path", "cached/", "--"], aws),
      ];
    case "fnox":
      return [
        row("fnox exec, cold, AWS at 30 ms", ["exec", "--"], aws, { FNOX_DAEMON: "off" }),
        row("fnox exec, warm, its daemon", ["exec", "--"], aws, { FNOX_DAEMON: "on" }),
      ];
  }
}

const COUNT = "console.log(Object.keys(process.env).filter((name) => /^BENCH_\\d+$/.test(name)).length)";

/** Runs it once, which also fills a cache that it has. Throws where a program does not get all values. */
export async function expectAllNames({ name, command, running, env, cwd }: Contender): Promise<void> {
  if (running === undefined) return void (await run(command, env, { cwd, quiet: true }));
  const { stdout } = await run(running([process.execPath, "-e", COUNT]), env, { cwd, quiet: true });
  if (stdout.trim().split("\n").at(-1) !== String(NAMES)) {
    throw new Error(`${name} gave ${stdout.trim()} names instead of ${NAMES}.`);
  }
}

/** Starts our agent, and signs in there. Resolves with what ends it. */
export async function startOurAgent(cli: string, { env, folder }: Place): Promise<() => Promise<void>> {
  const ours = { ...env, ...ON };
  const call = (...args: string[]): Promise<unknown> => run([process.execPath, cli, ...args], ours, { cwd: folder });
  await call("agent", "start");
  await call("run", "--", "true");
  return async () => void (await call("agent", "stop"));
}

/** Ends what a peer left running. */
export async function stopPeers(found: readonly Peer[], { aws }: Places): Promise<void> {
  const fnox = found.find(({ name }) => name === "fnox");
  if (fnox === undefined) return;
  await once(spawn(fnox.program, ["daemon", "stop"], { env: aws.env, cwd: aws.folder, stdio: "ignore" }), "close");
}
