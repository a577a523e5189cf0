import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** By the folder that they are in: what each is called. */
const PACKAGES: Readonly<Record<string, string>> = {
  "packages/core": "@vaultlink/core",
  "packages/testkit": "@vaultlink/testkit",
  "packages/create-provider": "@vaultlink/create-provider",
};
const COMMAND = { "apps/cli": "vaultlink" };
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A folder outside the workspace, with our packages as their users get them, and nothing of theirs from here. */
export interface Home {
  readonly folder: string;
  /** Runs Node there. Resolves to what it printed; rejects with it where it fails. */
  run(folder: string, ...given: readonly string[]): Promise<string>;
  /** The same with variables set besides. */
  runWith(env: Readonly<Record<string, string>>, folder: string, ...given: readonly string[]): Promise<string>;
  /** Runs Node there until it has printed something, and ends it. Resolves to what that was; rejects with why it ended. */
  firstLines(folder: string, env: Readonly<Record<string, string>>, ...given: readonly string[]): Promise<string>;
  remove(): void;
}

/** Packs the packages, and with `command` the command too, and unpacks them into a new folder. Needs them built. */
export function packedHome({ command = false }: { readonly command?: boolean } = {}): Home {
  const folder = mkdtempSync(join(tmpdir(), "vaultlink-scaffold-"));
  for (const [source, name] of Object.entries({ ...PACKAGES, ...(command && COMMAND) })) {
    if (!existsSync(at(`../../../${source}/dist`))) throw new Error(`${source} is not built: run \`pnpm build\`.`);
    unpack(at(`../../../${source}`), folder, name);
  }
  for (const name of ["vitest", "typescript", "@types/node"]) {
    link(at(`../node_modules/${name}`), join(folder, "node_modules", name));
  }
  for (const name of ["@standard-schema/spec", "lru-cache"]) {
    link(at(`../../core/node_modules/${name}`), join(folder, "node_modules", name));
  }
  const runWith: Home["runWith"] = (env, where, ...given) =>
    new Promise((resolve, reject) => {
      const environment = { PATH: process.env["PATH"], HOME: folder, NO_COLOR: "1", ...env };
      execFile(process.execPath, [...given], { cwd: where, env: environment }, (failed, out, err) => {
        if (failed === null) resolve(`${out}${err}`);
        else reject(new Error(`${out}${err}`));
      });
    });
  const firstLines: Home["firstLines"] = (where, env, ...given) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, given, {
        ...{ cwd: where, env: { PATH: process.env["PATH"], HOME: folder, ...env } },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let complaint = "";
      let said = "";
      child.stderr.on("data", (piece: Buffer) => void (complaint += piece.toString()));
      child.stdout.once("data", (piece: Buffer) => {
        said = piece.toString();
        child.kill();
      });
      child.on("error", reject);
      child.on("close", () => (said === "" ? reject(new Error(complaint)) : resolve(said)));
    });
  return {
    folder,
    firstLines,
    runWith,
    run: (where, ...given) => runWith({}, where, ...given),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function unpack(source: string, home: string, name: string): void {
  const tarballs = join(home, "tarballs", name);
  mkdirSync(tarballs, { recursive: true });
  execFileSync("pnpm", ["pack", "--pack-destination", tarballs], { cwd: source, stdio: "ignore" });
  const target = join(home, "node_modules", name);
  mkdirSync(target, { recursive: true });
  for (const file of readdirSync(tarballs)) {
    execFileSync("tar", ["-xzf", join(tarballs, file), "-C", target, "--strip-components=1"]);
  }
}

function link(installed: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(installed, target, "junction");
}
