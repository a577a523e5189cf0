import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";

/** A package as its users get it: unpacked from the tarball, in a `node_modules` beside its sisters. */
export interface Packed {
  readonly name: string;
  readonly folder: string;
  readonly manifest: PackedManifest;
  /** Every file, from the folder of the package. */
  readonly files: readonly string[];
  /** What is fetched: the size of the tarball, in bytes. */
  readonly tarballBytes: number;
}

/** The parts of a published package.json that are checked or used. */
export interface PackedManifest {
  readonly name: string;
  readonly version: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Packs the package in `source` as a release would, and unpacks it below `home`. Its dependencies are those installed. */
export function pack(source: string, home: string): Packed {
  const tarball = packTarball(source, home);
  const { name } = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as PackedManifest;
  const folder = join(home, "node_modules", name);
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1"]);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackedManifest;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  for (const dependency of Object.keys(manifest.dependencies ?? {})) link(dependency, source, folder);
  return { name, folder, manifest, files, tarballBytes: statSync(tarball).size };
}

/** Packs the package in `source` as a release would. Returns the tarball, which is in `home`. */
export function packTarball(source: string, home: string): string {
  const before = new Set(readdirSync(home));
  execFileSync("pnpm", ["pack", "--pack-destination", home], { cwd: source, stdio: ["ignore", "ignore", "inherit"] });
  const tarball = readdirSync(home).find((file) => file.endsWith(".tgz") && !before.has(file));
  if (tarball === undefined) throw new Error(`pnpm pack made no tarball of ${source}.`);
  return join(home, tarball);
}

/** Makes an installed dependency visible to the unpacked package. Its sisters are found beside it instead. */
function link(dependency: string, source: string, folder: string): void {
  const installed = join(source, "node_modules", dependency);
  if (dependency.startsWith("@vaultlink/") || !existsSync(installed)) return;
  const target = join(folder, "node_modules", dependency);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(installed, target, "junction");
}
