import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Apt, hasApt } from "./apt.ts";
import { HOME, type Outcome } from "./home.ts";
import { isStamped, writeStamp } from "./stamp.ts";

/** A program of Debian's that tests run against. */
export interface DebianProgram {
  readonly name: string;
  readonly packages: readonly string[];
  /** What is started, below the packages' root, by the name of its start script below `.backends/bin`. May have a `*`. */
  readonly programs: Readonly<Record<string, string>>;
  /** What makes the first of them say its version. */
  readonly asks: readonly string[];
  /** Files of ours at the packages' root, and one more line of the start scripts, which know that root as `$root`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly before?: string;
  /** Which files of the machine make it unnecessary. */
  readonly unless?: string;
}

const BIN = join(HOME, "bin");

/**
 * Unpacks a program into `.backends/debian`, unless it is there already, with a script that starts it. Where there is no
 * apt nothing is done, and the tests that need it are skipped.
 */
export function installDebian(program: DebianProgram, apt: Apt): Outcome {
  const { name, packages, unless } = program;
  const folder = join(HOME, "debian", name);
  const stamp = `installed-${name}.json`;
  const recipe = createHash("sha256").update(JSON.stringify(program)).digest("hex");
  const give = (up: string) => ({ ok: false, said: `${name} was not installed: ${up}` });

  if (unless !== undefined && globSync(unless).length > 0)
    return { ok: true, said: `Already on this machine: ${name}` };
  if (isStamped(stamp, recipe)) {
    const installed = version(program);
    if (installed !== undefined) return { ok: true, said: `Already installed: ${installed}` };
  }
  if (!hasApt()) return { ok: true, said: `${name} is left out: this system has no apt. Tests then skip it.` };
  rmSync(join(HOME, stamp), { force: true });
  rmSync(folder, { recursive: true, force: true });
  const fault = apt.unpack(packages, folder);
  if (fault !== undefined) return give(fault);
  if (!placeScripts(program, folder)) return give("its packages hold other files than expected.");
  const installed = version(program);
  if (installed === undefined) return give("its program does not run on this machine.");
  writeStamp(stamp, recipe);
  return { ok: true, said: `Installed: ${installed}` };
}

/** Scripts that start the programs with their own libraries before the machine's. Whether all programs are there. */
function placeScripts({ before, files: own = {}, name, programs }: DebianProgram, folder: string): boolean {
  for (const [file, text] of Object.entries(own)) writeFileSync(join(folder, file), text);
  const files = globSync("{usr/,}lib/*-linux-*/**/*.so*", { cwd: folder });
  const libraries = [...new Set(files.map(dirname))].map((path) => `$root/${path}`).join(":");
  for (const [script, pattern] of Object.entries(programs)) {
    const [file] = globSync(pattern, { cwd: folder });
    if (file === undefined) return false;
    const path = join(BIN, script);
    const lines = [
      "#!/bin/sh",
      `root="$(cd "$(dirname "$0")" && pwd)/${"../".repeat(script.split("/").length)}debian/${name}"`,
      `export LD_LIBRARY_PATH="${libraries}"`,
      ...(before === undefined ? [] : [before]),
      `exec "$root/${file}" "$@"`,
    ];
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${lines.join("\n")}\n`, { mode: 0o755 });
  }
  return true;
}

/** What it calls itself, or `undefined` if it does not run. Some say it as an error. */
function version({ asks, name, programs }: DebianProgram): string | undefined {
  const [script = ""] = Object.keys(programs);
  const ran = spawnSync(join(BIN, script), asks, { encoding: "utf8", timeout: 60_000 });
  if (ran.status !== 0) return undefined;
  const found = /\d+\.\d[\w.+~-]*/.exec(`${ran.stdout}${ran.stderr}`);
  return found === null ? undefined : `${name} ${found[0]}`;
}
