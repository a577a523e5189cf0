import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGES = ["core", "testkit", "create-provider"] as const;
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A folder outside the workspace, with our packages as their users get them, and nothing of theirs from here. */
export interface Home {
  readonly folder: string;
  /** Runs Node there. Resolves to what it printed; rejects with it where it fails. */
  run(folder: string, ...given: readonly string[]): Promise<string>;
  remove(): void;
}

/** Packs the packages and unpacks them into a new folder. Needs them built. */
export function packedHome(): Home {
  const folder = mkdtempSync(join(tmpdir(), "vaultlink-scaffold-"));
  for (const name of PACKAGES) {
    if (!existsSync(at(`../../${name}/dist`))) throw new Error(`packages/${name} is not built: run \`pnpm build\`.`);
    unpack(at(`../../${name}`), folder, name);
  }
  for (const name of ["vitest", "typescript", "@types/node"]) {
    link(at(`../node_modules/${name}`), join(folder, "node_modules", name));
  }
  for (const name of ["@standard-schema/spec", "lru-cache"]) {
    link(at(`../../core/node_modules/${name}`), join(folder, "node_modules", name));
  }
  return {
    folder,
    run: (where, ...given) =>
      new Promise((resolve, reject) => {
        const environment = { PATH: process.env["PATH"], HOME: folder, NO_COLOR: "1" };
        execFile(process.execPath, [...given], { cwd: where, env: environment }, (failed, out, err) => {
          if (failed === null) resolve(`${out}${err}`);
          else reject(new Error(`${out}${err}`));
        });
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function unpack(source: string, home: string, name: string): void {
  const tarballs = join(home, `tarball-${name}`);
  mkdirSync(tarballs);
  execFileSync("pnpm", ["pack", "--pack-destination", tarballs], { cwd: source, stdio: "ignore" });
  const target = join(home, "node_modules", "@vaultlink", name);
  mkdirSync(target, { recursive: true });
  for (const file of readdirSync(tarballs)) {
    execFileSync("tar", ["-xzf", join(tarballs, file), "-C", target, "--strip-components=1"]);
  }
}

function link(installed: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(installed, target, "junction");
}
