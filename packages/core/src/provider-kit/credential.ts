import { isSecretError, SecretError } from "../errors/secret-error.ts";
import type { Context } from "../contract/provider.ts";
import { personToAskFirst, prompt } from "./prompt.ts";
import { invalidConfig, isAbsolutePath } from "./check-options.ts";

/** Where a credential may be found. */
export interface CredentialSources {
  /** What the options hold. */
  readonly given?: string | undefined;
  /** A variable, which `envVariables` names too. */
  readonly variable: string;
  /** What the person is asked for, e.g. `"API key"`. */
  readonly label: string;
  /** Whether what is typed is hidden. `false` for what is no secret but belongs to one, e.g. a user's name. @default true */
  readonly secret?: boolean;
  /**
   * Whether a typed line is taken as it is. Blanks around it may belong to a password; a token has none, and loses those
   * that were pasted along. @default false
   */
  readonly exact?: boolean;
  /** The one command that gets it, for whoever has none. */
  readonly hint: string;
}

/**
 * Finds a credential: in the options, in a variable, or from the person, who is asked first where a new sign-in was asked
 * for. What options and variables hold is taken as it is. A sign-in with two credentials, e.g. a user's name and a password,
 * finds one after the other. Throws `unauthenticated`, with the hint, where there is none, and `aborted` where the person
 * declines.
 */
export async function findCredential(
  { env, prompter, reauthenticate }: Pick<Context, "env" | "prompter" | "reauthenticate">,
  { given, variable, label, hint, secret = true, exact = false }: CredentialSources,
): Promise<string> {
  const found = given || env[variable];
  if (found && !(reauthenticate && prompter)) return found;
  const typed = await prompt(prompter, { label, secret, exact });
  if (typed !== undefined) return typed;
  throw new SecretError("unauthenticated", `There is no ${label}.`, { hint });
}

/**
 * What is found, or what the person types, who is asked once: before anything is looked for where a new sign-in was asked
 * for, since what would be found may be what was refused; else after nothing was found. `undefined` where there is neither.
 */
export async function foundOrTyped(
  context: Context,
  question: Parameters<typeof prompt>[1],
  find: () => string | undefined | Promise<string | undefined>,
): Promise<string | undefined> {
  const askFirst = personToAskFirst(context);
  const found = (await prompt(askFirst, question)) ?? (await find());
  return found ?? (askFirst === undefined ? prompt(context.prompter, question) : undefined);
}

let digestKey: Buffer | undefined;

/**
 * Tells credentials apart and nothing about them: the same in this process for the same parts, and meaningless outside it.
 * For a part of an identity, where the vault does not say who somebody is. 32 hexadecimal digits.
 */
export function credentialDigest(...parts: readonly unknown[]): string {
  const { createHmac, randomBytes } = process.getBuiltinModule("node:crypto");
  digestKey ??= randomBytes(32);
  return createHmac("sha256", digestKey).update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** Bytes; the longest tokens have a few hundred. */
const MAX_SIZE = 64 * 1024;

/** A file that holds one credential. */
export interface CredentialFile {
  /** Absolute, or beginning with `~/`: what a relative path names depends on where the process was started. */
  readonly path: string;
  /** Whether somebody configured it: then its absence is an error. */
  readonly required: boolean;
  /** What gives new credentials. */
  readonly hint: string;
}

/**
 * The credential in a file, without the one final newline that editors add: blanks may be part of it. `undefined` if
 * there is none. `~/` is the `HOME` of `env`, never that of the process. Throws `unauthenticated` for a file that cannot
 * be used, `invalid_config` for a relative `HOME`; never shows the path.
 */
export async function readCredentialFile(file: CredentialFile, env: Context["env"]): Promise<string | undefined> {
  const path = expandHome(file.path, env["HOME"]);
  const unusable = (message: string): SecretError => new SecretError("unauthenticated", message, { hint: file.hint });
  const { readFile, stat } = process.getBuiltinModule("node:fs/promises");
  let found: string;
  try {
    if (path === undefined) throw Object.assign(new Error(), { code: "ENOENT" });
    const stats = await stat(path);
    // Reading a pipe or a device might never end.
    if (!stats.isFile() || stats.size > MAX_SIZE) throw unusable("The credential file is not a small text file.");
    found = (await readFile(path, "utf8")).replace(/\r?\n$/, "");
  } catch (thrown) {
    if (isSecretError(thrown)) throw thrown;
    const absent = (thrown as { code?: unknown }).code === "ENOENT";
    if (absent && !file.required) return undefined;
    throw unusable(absent ? "The credential file does not exist." : "The credential file cannot be read.");
  }
  if (found === "" && file.required) throw unusable("The credential file is empty.");
  return found || undefined;
}

function expandHome(path: string, home: string | undefined): string | undefined {
  if (!path.startsWith("~/")) return path;
  if (!home) return undefined;
  // A relative one would make any folder that the process is started in the person's own.
  if (!isAbsolutePath(home)) throw invalidConfig("HOME must be an absolute path.", "export HOME=/path/to/home");
  return process.getBuiltinModule("node:path").join(home, path.slice(2));
}

/** Makes one call of a session, unless its credentials were refused before. */
export type CredentialLatch = <Value>(call: () => Promise<Value>) => Promise<Value>;

/**
 * Makes a session's guard against asking with refused credentials: once a call has failed with `unauthenticated`, every later
 * one fails so at once and nothing is sent. Vaults lock out whoever goes on asking, and count it against quotas.
 */
export function createCredentialLatch(): CredentialLatch {
  let refused: SecretError | undefined;
  return async (call) => {
    if (refused !== undefined) throw new SecretError(refused.code, refused.message, refused.details);
    try {
      return await call();
    } catch (thrown) {
      if (isSecretError(thrown) && thrown.code === "unauthenticated") refused = thrown;
      throw thrown;
    }
  };
}
