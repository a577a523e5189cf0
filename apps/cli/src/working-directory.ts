import { statSync } from "node:fs";
import { SecretError } from "@vaultlink/core";
import { REPLACEMENT } from "./folders.ts";

/** The working directory. Throws `invalid_config` where it is gone, or where its name is not text: no project is found there. */
export function workingDirectory(): string {
  const cwd = current();
  if (cwd.includes(REPLACEMENT) && !isHere(cwd)) {
    throw new SecretError("invalid_config", "The path of the working directory is not UTF-8 text.", {
      hint: "Rename the directory, or work in another one",
    });
  }
  return cwd;
}

function current(): string {
  try {
    return process.cwd();
  } catch {
    throw new SecretError("invalid_config", "The working directory does not exist any more, or may not be read.", {
      hint: "cd to a directory that exists",
    });
  }
}

/** Whether a path leads to the working directory. */
function isHere(path: string): boolean {
  const [here, there] = [statSync("."), statSync(path, { throwIfNoEntry: false })];
  return there !== undefined && here.ino === there.ino && here.dev === there.dev;
}
