import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packTarball } from "../packages/pack.ts";
import { publishedPackages } from "../release/manifests.ts";

/** What the packages are used with, besides Node itself. Exact, so that a run can be repeated. */
const TOOLS = {
  "@types/node": "24.19.4",
  "typescript-5.9": "npm:typescript@5.9.3",
  "typescript-7": "npm:typescript@7.0.2",
  esbuild: "0.28.2",
  rollup: "4.68.8",
  "@rollup/plugin-commonjs": "29.0.3",
  "@rollup/plugin-json": "6.1.0",
  "@rollup/plugin-node-resolve": "16.0.3",
  webpack: "5.113.0",
  bun: "1.4.5",
  deno: "2.9.6",
};

/** Packs every library that would be published, and installs the tarballs and the tools in `folder` with npm. */
export function installAsStranger(root: string, folder: string): void {
  const tarballs = join(folder, "tarballs");
  mkdirSync(tarballs, { recursive: true });
  // The command is no library.
  const libraries = publishedPackages().filter(({ folder: own }) => own.startsWith("packages/"));
  const files = libraries.map(({ folder: own }) => packTarball(join(root, own), tarballs));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "stranger", private: true, type: "module", devDependencies: TOOLS }),
  );
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...files], {
    cwd: folder,
    stdio: ["ignore", "ignore", 2],
  });
}

/** What a program printed, and whether it ended with 0. */
export interface Ran {
  readonly ok: boolean;
  /** Standard output; of one that failed, all that it printed. */
  readonly text: string;
  /** Standard error, where warnings go. */
  readonly stderr: string;
}

/** Runs a program in `folder` to its end, at most three minutes. Not synchronously: the stand-ins live in this process. */
export async function runIn(
  folder: string,
  env: NodeJS.ProcessEnv,
  [program, ...args]: readonly [string, ...string[]],
): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: folder, env, timeout: 180_000 }, (error, stdout, stderr) => {
      const ok = error === null;
      resolve({ ok, text: ok ? stdout : `${stdout}${stderr}${error.message}`, stderr });
    });
  });
}
