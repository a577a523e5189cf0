import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

import { importsOf } from "./imports.ts";
import type { Manifest, Workspace } from "./workspace.ts";

const CODE = /\.(ts|mts|mjs|js)$/;

/** Reads the checkout at `root`: what git tracks, and what is new and not ignored. */
export function readWorkspace(root: string): Workspace {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const files = new Set(listed.split("\0").filter((path) => path !== "" && existsSync(join(root, path))));
  const textOf = (path: string): string => readFileSync(join(root, path), "utf8");
  return {
    files,
    packages: [...files]
      .filter((path) => posix.basename(path) === "package.json" && !path.split("/").includes("test"))
      .map((path) => ({
        folder: path === "package.json" ? "" : posix.dirname(path),
        manifest: JSON.parse(textOf(path)) as Manifest,
      })),
    sources: [...files]
      .filter((path) => CODE.test(path))
      .map((path) => {
        const text = textOf(path);
        return { path, lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0), imports: importsOf(path, text) };
      }),
  };
}
