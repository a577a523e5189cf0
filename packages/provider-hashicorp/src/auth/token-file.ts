import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { isSecretError, SecretError } from "@vaultlink/core";
import type { Env } from "../env.ts";

/** Bytes; the longest tokens have a few hundred. */
const MAX_SIZE = 64 * 1024;

/** A file that holds one credential. */
export interface CredentialFile {
  /** Absolute, or beginning with `~/`. */
  readonly path: string;
  /** Whether somebody configured it: then its absence is an error. */
  readonly required: boolean;
  /** The command that gives new credentials. */
  readonly mend: string;
}

/** The credential in a file, or `undefined` if there is none. Throws `unauthenticated` for a file that cannot be used. */
export async function readCredentialFile(file: CredentialFile, env: Env): Promise<string | undefined> {
  const path = expand(file.path, env["HOME"]);
  const unusable = (message: string): SecretError => new SecretError("unauthenticated", message, { mend: file.mend });
  let found: string;
  try {
    if (path === undefined) throw Object.assign(new Error(), { code: "ENOENT" });
    const facts = await stat(path);
    // Reading a pipe or a device might never end.
    if (!facts.isFile() || facts.size > MAX_SIZE) throw unusable("The credential file is not a small text file.");
    found = (await readFile(path, "utf8")).trim();
  } catch (thrown) {
    if (isSecretError(thrown)) throw thrown;
    const absent = (thrown as { code?: unknown }).code === "ENOENT";
    if (absent && !file.required) return undefined;
    throw unusable(absent ? "The credential file does not exist." : "The credential file cannot be read.");
  }
  if (found === "" && file.required) throw unusable("The credential file is empty.");
  return found || undefined;
}

/** Only the caller's own HOME counts: the agent's is another. */
function expand(path: string, home: string | undefined): string | undefined {
  if (!path.startsWith("~/")) return path;
  return home ? join(home, path.slice(2)) : undefined;
}
