import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startAws, startAzure, startOnePassword } from "@vaultlink/stand-ins";
import { findOpenBao, startOpenBao } from "@vaultlink/stand-ins/openbao";
import { report, skip } from "../report.ts";
import { run } from "../run-process.ts";
import { inTurn, median, ratio } from "../statistics.ts";
import { makePlace, type Place, placeOfOpenBao, type Variables } from "./places.ts";

const TITLE = "Memory of the agent while it idles, beside a socket server of Node with the plain SDK";
const ROUNDS = 3;
/** Until a process that was started or asked does nothing more, in ms. */
const SETTLED_MS = 2000;
const SERVER = fileURLToPath(new URL("socket-server.mjs", import.meta.url));

/** What the agent keeps resident before any SDK is loaded, and after a read with each, beside a plain server that did the same. */
export async function agentMemory(cli: string): Promise<void> {
  if (!existsSync("/proc/self/status")) return skip(TITLE, "only Linux tells what a process keeps resident");
  const found = findOpenBao();
  if ("missing" in found) return skip(TITLE, found.missing);
  const server = await startOpenBao(found.bin);
  const bao = await placeOfOpenBao(server);
  try {
    const own = { ...bao, env: { ...bao.env, BENCH_ADDRESS: server.url } };
    const { agent, plain } = await sideBySide(cli, own);
    report(TITLE, [
      { what: "socket server", value: median(plain), unit: "MiB" },
      { what: "agent, nothing asked yet", value: median(agent), unit: "MiB" },
      { what: "agent / socket server", value: ratio(agent, plain), unit: "×", goal: 1.15 },
    ]);
    await afterRead(cli, "node-vault", own);
    for (const [sdk, open] of STAND_INS) {
      const { place, stop } = await open();
      try {
        await afterRead(cli, sdk, place);
      } finally {
        place.remove();
        await stop();
      }
    }
  } finally {
    bao.remove();
    await server.stop();
  }
}

async function afterRead(cli: string, sdk: string, place: Place): Promise<void> {
  const { agent, plain } = await sideBySide(cli, place, sdk);
  report(`The same after a read with ${sdk}`, [
    { what: "socket server with the plain SDK", value: median(plain), unit: "MiB" },
    { what: "agent", value: median(agent), unit: "MiB" },
    { what: "agent / socket server with the plain SDK", value: ratio(agent, plain), unit: "×" },
  ]);
}

/** MiB of an agent and of a plain server, in turn, each started anew; after a read if an SDK is named. */
function sideBySide(cli: string, place: Place, sdk?: string): Promise<Record<"agent" | "plain", number[]>> {
  return inTurn(ROUNDS, {
    plain: () => residentServer(place, sdk),
    agent: () => residentAgent(cli, place, sdk !== undefined),
  });
}

async function residentServer({ env, folder }: Place, sdk: string | undefined): Promise<number> {
  const socket = join(folder, `plain-${process.pid}.sock`);
  const args = [SERVER, socket, ...(sdk === undefined ? [] : [sdk])];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const gone = once(child, "exit");
  try {
    await Promise.race([once(child.stdout, "data"), gone]);
    if (child.exitCode !== null) throw new Error(`The plain server of ${sdk ?? "nothing"} did not start.`);
    await wait(SETTLED_MS);
    return resident(child.pid ?? 0);
  } finally {
    child.kill();
    await gone;
    rmSync(socket, { force: true });
  }
}

/** Starts an agent, has it read a name if that is wanted, and says what it keeps when it has nothing more to do. */
async function residentAgent(cli: string, { env, folder }: Place, reads: boolean): Promise<number> {
  const ours = { ...env, VAULTLINK_AGENT: "on" };
  const call = (...args: string[]) => run([process.execPath, cli, ...args], ours, { cwd: folder });
  await call("agent", "start");
  try {
    if (reads) await call("get", "BENCH_0");
    await wait(SETTLED_MS);
    const { stdout } = await call("agent", "status", "--json");
    return resident((JSON.parse(stdout) as { agent: { pid: number } }).agent.pid);
  } finally {
    await call("agent", "stop");
  }
}

/** MiB that are resident (proc_pid_status(5)). */
function resident(pid: number): number {
  const [, kib = "NaN"] = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) / 1024;
}

interface Opened {
  readonly place: Place;
  readonly stop: () => Promise<void>;
}

/** What each SDK reads from, by our name of the SDK. */
const STAND_INS: ReadonlyArray<readonly [sdk: string, open: () => Promise<Opened>]> = [
  ["AWS's SDK", async () => standIn(await startAws(), { provider: "aws" }, "x://app/db")],
  ["Azure's SDK", async () => standIn(await startAzure(), { provider: "azure" }, "x://db")],
  ["1Password's SDK", async () => standIn(await startOnePassword(), { provider: "1password" }, "x://App/db/password")],
];

function standIn(
  server: { readonly env: Variables; readonly stop: () => Promise<void> },
  connection: object,
  reference: string,
): Opened {
  const place = makePlace({ connections: { x: connection }, reference: () => reference, env: server.env, files: {} });
  return { place, stop: () => server.stop() };
}
