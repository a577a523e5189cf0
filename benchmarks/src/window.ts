import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Terminal } from "@vaultlink/test-support/terminal";
import { report, skip } from "./report.ts";
import { inTurn, median, ratio } from "./statistics.ts";

const ROUNDS = 15;
const KEY_ROUNDS = 101;
const FEW = 20;
const MANY = 5000;
/** The least that draws: Node by itself, and Ink with one line. Both write a word of the window's heading. */
const NODE: Command = [process.execPath, "-e", 'process.stdout.write("NAME"); setInterval(() => {}, 1000);'];
const INK: Command = [process.execPath, fileURLToPath(new URL("ink-program.ts", import.meta.url))];

type Command = readonly [file: string, ...args: string[]];

/** What the window costs: its first frame beside bare Node, its memory beside Ink's least, a key beside one of few names. */
export async function windowCosts(cli: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "vaultlink-bench-"));
  try {
    const ui: Command = [process.execPath, cli, "ui"];
    const few = makeHome(join(folder, "few"), FEW);
    await leaveCompiled(ui, few);
    await starts(ui, few);
    await keys(ui, { few, many: makeHome(join(folder, "many"), MANY) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const nameOf = (at: number): string => `NAME_${at}`;

/** Makes a home whose project has so many links; returns its path. */
function makeHome(home: string, links: number): string {
  const settings = join(home, ".config", "vaultlink");
  mkdirSync(settings, { recursive: true });
  const connections = { hcv: { provider: "hashicorp", address: "https://vault.example.com" } };
  writeFileSync(join(settings, "config.json"), JSON.stringify({ version: 1, connections }), { mode: 0o600 });
  const names = Array.from({ length: links }, (_, at) => [nameOf(at), `hcv://secret/app/${at}#password`] as const);
  writeFileSync(join(home, "vaultlink.json"), JSON.stringify({ version: 1, links: Object.fromEntries(names) }));
  return home;
}

/** A program at a terminal, once its first frame is there. */
async function open(command: Command, home: string): Promise<Terminal> {
  const env = { PATH: process.env["PATH"], HOME: home, VAULTLINK_AGENT: "off", NODE_ENV: "production" };
  const terminal = new Terminal({ command, cwd: home, env });
  await terminal.shows("NAME");
  return terminal;
}

/** Opens the window and closes it in order, so that Node keeps what it has compiled for it, as on a person's machine. */
async function leaveCompiled(ui: Command, home: string): Promise<void> {
  const terminal = await open(ui, home);
  terminal.type("q");
  await terminal.ended();
}

async function end(terminal: Terminal): Promise<void> {
  terminal.kill("SIGKILL");
  await terminal.ended();
}

async function starts(ui: Command, home: string): Promise<void> {
  const sizes = { node: [] as number[], ink: [] as number[], ui: [] as number[] };
  const start = (command: Command, which: keyof typeof sizes) => async (): Promise<number> => {
    const begun = performance.now();
    const terminal = await open(command, home);
    const took = performance.now() - begun;
    if (process.platform === "linux") sizes[which].push(largestSize(terminal.pid));
    await end(terminal);
    return took;
  };
  const took = await inTurn(ROUNDS, { node: start(NODE, "node"), ink: start(INK, "ink"), ui: start(ui, "ui") });
  report("First frame of the window at a terminal, beside bare Node that writes a word", [
    { what: "node -e", value: median(took.node), unit: "ms" },
    { what: "Ink, one line", value: median(took.ink), unit: "ms" },
    { what: "vaultlink ui", value: median(took.ui), unit: "ms" },
    { what: "ratio to Node", value: ratio(took.ui, took.node), unit: "×", goal: 5 },
    { what: "ratio to Ink", value: ratio(took.ui, took.ink), unit: "×" },
  ]);
  const title = "Memory of the window at its first frame, beside Ink's least program";
  if (process.platform !== "linux") return skip(title, "only Linux tells a process's largest size");
  report(title, [
    { what: "node -e", value: median(sizes.node), unit: "MiB" },
    { what: "Ink, one line", value: median(sizes.ink), unit: "MiB" },
    { what: "vaultlink ui", value: median(sizes.ui), unit: "MiB" },
    { what: "ratio to Ink", value: ratio(sizes.ui, sizes.ink), unit: "×" },
  ]);
}

/** The largest resident size until now, in MiB: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function largestSize(pid: number): number {
  const [, kib = "NaN"] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) / 1024;
}

/** From a key to the frame that shows what it did. */
async function keys(ui: Command, homes: { readonly few: string; readonly many: string }): Promise<void> {
  const [few, many] = [await open(ui, homes.few), await open(ui, homes.many)];
  for (const terminal of [few, many]) await terminal.shows(`> ${nameOf(0)} `);
  const took = await inTurn(KEY_ROUNDS, { few: mover(few), many: mover(many) });
  const filtered = await inTurn(ROUNDS, { filter: () => filter(many) });
  for (const terminal of [few, many]) await end(terminal);
  report("A key in the window, until its frame is there", [
    { what: `${FEW} names`, value: median(took.few), unit: "ms" },
    { what: `${MANY} names`, value: median(took.many), unit: "ms", goal: 50 },
    { what: "ratio", value: ratio(took.many, took.few), unit: "×" },
    { what: `${MANY} names, filtered by 4 characters`, value: median(filtered.filter), unit: "ms" },
  ]);
}

/** Moves down and up in turn; resolves with the ms that it took. */
function mover(terminal: Terminal): () => Promise<number> {
  let at = 0;
  return async () => {
    at = 1 - at;
    const begun = performance.now();
    terminal.type(at === 1 ? "j" : "k");
    await terminal.shows(`> ${nameOf(at)} `);
    return performance.now() - begun;
  };
}

async function filter(terminal: Terminal): Promise<number> {
  const last = nameOf(MANY - 1);
  const begun = performance.now();
  terminal.type(`/${MANY - 1}`);
  await terminal.shows(`> ${last} `);
  const took = performance.now() - begun;
  terminal.press("escape");
  await terminal.shows(new RegExp(`> ${last} [^]*Enter details`));
  terminal.type("g");
  await terminal.shows(`> ${nameOf(0)} `);
  return took;
}
