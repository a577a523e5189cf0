import { spawnSync } from "node:child_process";

const OPTIONS = [
  "--quiet",
  "--disable-pip-version-check",
  "--no-input",
  "--root-user-action=ignore",
  "--no-cache-dir",
  "--no-compile",
];
const SAFETY = ["--require-hashes", "--only-binary=:all:", "--no-deps"];

/** Why pip cannot be used here, with what mends it; `undefined` if it can. */
export function pipFault(): string | undefined {
  const pip = spawnSync("python3", ["-m", "pip", "--version"], { encoding: "utf8" });
  if (pip.error !== undefined) return "python3 was not found. Install Python 3.10 or later, then run: pnpm backends";
  if (pip.status === 0) return undefined;
  return "python3 has no pip. Install it (Debian: apt-get install python3-pip), then run: pnpm backends";
}

/** Unpacks the wheels that a file pins into a folder; pip checks each against its hash. Whether it worked. */
export function unpack(pins: string, folder: string): boolean {
  const run = spawnSync(
    "python3",
    ["-m", "pip", "install", ...OPTIONS, ...SAFETY, "--target", folder, "--requirement", pins],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  return run.status === 0;
}

/** The path of the interpreter that `python3` is: wheels belong to its version. */
export function interpreter(): string {
  return spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).stdout.trim();
}
