import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { excesses } from "./packages/budgets.ts";
import { installedWith } from "./packages/installed.ts";
import { listing } from "./packages/listing.ts";
import { nodeProgram } from "./packages/node-program.ts";
import { pack, type Packed } from "./packages/pack.ts";
import { brokenPageLinks } from "./packages/page-links.ts";
import { problemsOf } from "./packages/problems.ts";
import { publishedPackages } from "./release/manifests.ts";

/*
 * Packs what would be published, looks into the tarballs, holds them to their budgets, and uses each as a stranger would:
 * outside this checkout. `--files` shows every file with its size, `--node` tries another version of Node.
 */
const root = join(import.meta.dirname, "..");
const home = mkdtempSync(join(tmpdir(), "vaultlink-packages-"));
const { files: shows, node: wanted } = parseArgs({
  options: { files: { type: "boolean", default: false }, node: { type: "string" } },
}).values;
const node = nodeProgram(wanted, home);

/** Every page of the package, by its path in it. What a scaffold copies is a page of another package. */
function pagesOf({ files, folder }: Packed): ReadonlyMap<string, string> {
  const paths = files.filter((path) => path.endsWith(".md") && !path.startsWith("template/"));
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

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
  const built = folders.filter((folder) => existsSync(join(folder, "dist")));
  if (built.length < folders.length) {
    console.error("Some packages are not built. Run: pnpm build");
    count += 1;
  }
  const packed = built.map((folder) => ({ ...pack(folder, home), packages: installedWith(folder).size }));
  for (const one of packed) {
    const files = one.files.map((path) => ({ path, bytes: statSync(join(one.folder, path)).size }));
    const unpacked = files.reduce((sum, file) => sum + file.bytes, 0);
    const size = { tarball: one.tarballBytes, unpacked, packages: one.packages };
    const links = brokenPageLinks(pagesOf(one), one.files);
    const problems = [...problemsOf(one), ...links, ...excesses(one.name, size), ...use(one)];
    const told = `${files.length} files, ${size.tarball} bytes packed, ${unpacked} unpacked, ${size.packages} packages`;
    console.log(`${one.name}: ${told}${problems.length === 0 ? "" : ":"}`);
    if (shows) console.log(listing(files).join("\n"));
    for (const problem of problems) console.error(`  ${problem}`);
    count += problems.length;
  }
} finally {
  rmSync(home, { recursive: true });
}
process.exitCode = count === 0 ? 0 : 1;
