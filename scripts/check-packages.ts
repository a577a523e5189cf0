import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { nodeProgram } from "./packages/node-program.ts";
import { pack, type Packed } from "./packages/pack.ts";
import { problemsOf } from "./packages/problems.ts";
import { publishedPackages } from "./release/manifests.ts";

/* Packs what would be published, looks into the tarballs, and uses each as a stranger would: outside this checkout. */
const root = join(import.meta.dirname, "..");
const home = mkdtempSync(join(tmpdir(), "vaultlink-packages-"));
const { node: wanted } = parseArgs({ options: { node: { type: "string" } } }).values;
const node = nodeProgram(wanted, home);

/** Imports a library, or asks a command for its version. The last line of what Node said, if that fails. */
function use({ folder, manifest, name }: Packed): string[] {
  const program = Object.values(manifest.bin ?? {})[0];
  const asksForVersion = manifest.bin?.[name] !== undefined;
  // A scaffold tells no version; its own tests run it from its tarball.
  if (program !== undefined && !asksForVersion) return [];
  const asked =
    program === undefined
      ? spawnSync(node, ["--input-type=module", "--eval", `await import("${name}")`], {
          cwd: home,
          encoding: "utf8",
        })
      : spawnSync(node, [join(folder, program), "--version"], {
          cwd: home,
          encoding: "utf8",
        });
  if (asked.status !== 0)
    return [
      `it does not run: ${
        asked.stderr
          .trim()
          .split("\n")
          .find((line) => line.includes("Error")) ?? "no reason given"
      }`,
    ];
  if (asked.stderr !== "") return ["it prints warnings when it is loaded"];
  if (asksForVersion && asked.stdout.trim() !== manifest.version)
    return ["--version is not the version of its package.json"];
  return [];
}

let count = 0;
try {
  const folders = publishedPackages().map(({ folder }) => join(root, folder));
  const packed = folders.filter((folder) => existsSync(join(folder, "dist"))).map((folder) => pack(folder, home));
  if (packed.length < folders.length) {
    console.error("Some packages are not built. Run: pnpm build");
    count += 1;
  }
  for (const one of packed) {
    const bytes = one.files.reduce((sum, file) => sum + statSync(join(one.folder, file)).size, 0);
    const problems = [...problemsOf({ ...one, bytes }), ...use(one)];
    console.log(`${one.name}: ${one.files.length} files, ${bytes} bytes${problems.length === 0 ? "" : ":"}`);
    for (const problem of problems) console.error(`  ${problem}`);
    count += problems.length;
  }
} finally {
  rmSync(home, { recursive: true });
}
process.exitCode = count === 0 ? 0 : 1;
