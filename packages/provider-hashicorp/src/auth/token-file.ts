import { readFile, stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { isSecretError, SecretError } from "@vaultlink/core/provider";
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
  readonly hint: string;
  /** Whether blanks belong to the credential: then only a final newline, which editors add, is not part of it. */
  readonly exact?: boolean | undefined;
}

/** The credential in a file, or `undefined` if there is none. Throws `unauthenticated` for a file that cannot be used. */
export async function readCredentialFile(file: CredentialFile, env: Env): Promise<string | undefined> {
  const path = expand(file.path, env["HOME"]);
  const unusable = (message: string): SecretError => new SecretError("unauthenticated", message, { hint: file.hint });
  let found: string;
  try {
    if (path === undefined) throw Object.assign(new Error(), { code: "ENOENT" });
    const facts = await stat(path);
    // Reading a pipe or a device might never end.
    if (!facts.isFile() || facts.size > MAX_SIZE) throw unusable("The credential file is not a small text file.");
    const text = await readFile(path, "utf8");
    found = file.exact === true ? text.replace(/\r?\n$/, "") : text.trim();
  } catch (thrown) {
    if (isSecretError(thrown)) throw thrown;
    const absent = (thrown as { code?: unknown }).code === "ENOENT";
    if (absent && !file.required) return undefined;
    throw unusable(absent ? "The credential file does not exist." : "The credential file cannot be read.");
  }
  if (found === "" && file.required) throw unusable("The credential file is empty.");
  return found || undefined;
}

/**
 * Only the caller's own HOME counts: the agent's is another. Throws `invalid_config` for a relative one, which would make
 * any folder that we are started in the person's own.
 */
function expand(path: string, home: string | undefined): string | undefined {
  if (!path.startsWith("~/")) return path;
  if (!home) return undefined;
  if (isAbsolute(home)) return join(home, path.slice(2));
  throw new SecretError("invalid_config", "HOME must be an absolute path.", { hint: "export HOME=/path/to/home" });
}
