import { readFileSync } from "node:fs";
import { isUtf8 } from "node:buffer";
import type { Env } from "@vaultlink/core";
import { usage } from "./failure.ts";
import { REPLACEMENT } from "./folders.ts";

/**
 * Throws `usage` for an argument that is not UTF-8 text: Node has already put another character in place of its bytes, so
 * what it names is lost. Linux tells which bytes there were; elsewhere that character alone is taken as the sign.
 */
export function expectText(argv: readonly string[]): void {
  if (!argv.some((argument) => argument.includes(REPLACEMENT))) return;
  const entries = entriesOf("/proc/self/cmdline");
  if (entries?.every(isUtf8)) return;
  throw usage("An argument is not UTF-8 text.");
}

/** The names of variables whose values are not UTF-8 text: a child gets them changed. */
export function changedVariables(env: Env): readonly string[] {
  const suspects = Object.keys(env).filter((name) => `${name}${env[name]}`.includes(REPLACEMENT));
  if (suspects.length === 0) return [];
  const entries = entriesOf("/proc/self/environ");
  if (entries === undefined) return suspects;
  const broken = new Set(entries.filter((bytes) => !isUtf8(bytes)).map((bytes) => bytes.toString().split("=")[0]));
  return suspects.filter((name) => broken.has(name));
}

/** The NUL-terminated entries of one of Linux's files about this process, or `undefined` elsewhere. */
function entriesOf(file: string): readonly Buffer[] | undefined {
  try {
    const bytes = readFileSync(file);
    const entries: Buffer[] = [];
    for (let at = 0; at < bytes.length;) {
      const end = bytes.indexOf(0, at);
      entries.push(bytes.subarray(at, end < 0 ? bytes.length : end));
      at = end < 0 ? bytes.length : end + 1;
    }
    return entries;
  } catch {
    return undefined;
  }
}
