import { isAbsolute } from "node:path";
import { readCredentialFile, SecretError } from "@vaultlink/core/provider";
import { pathVariable, variable } from "../env.ts";
import type { Attempt } from "./attempt.ts";

/** Bytes a helper may print; the longest tokens have a few hundred. */
const MAX_OUTPUT = 64 * 1024;
const SETTING = /^[ \t]*\{?[ \t]*"?token_helper"?[ \t]*[=:][ \t]*("(?:[^"\\\n]|\\.)*")/m;

/**
 * The token that the person's token helper keeps, or `undefined` if none is set up in `~/.vault` (or the file that
 * `VAULT_CONFIG_PATH` names), or it keeps none. https://developer.hashicorp.com/vault/docs/commands/token-helper
 * Only `get` is ever called. Throws `unauthenticated` where it fails; what it prints then is not shown.
 */
export async function askTokenHelper(attempt: Attempt, hint: string): Promise<string | undefined> {
  const { env } = attempt.context;
  const inHome = variable(env, "CONFIG_PATH")?.startsWith("~/") === true;
  const named = inHome ? variable(env, "CONFIG_PATH") : pathVariable(env, "CONFIG_PATH");
  const path = named ?? "~/.vault";
  const settings = await readCredentialFile({ path, required: named !== undefined, hint }, env);
  const program = settings === undefined ? undefined : findHelper(settings, hint);
  return program === undefined ? undefined : runHelper(program, attempt, hint);
}

/**
 * The caller's environment, in which a helper finds its programs and keyring. Vault and namespace are the connection's: a
 * helper that keeps tokens of several vaults must not give one vault's to another.
 */
function helperEnv({ address, context, namespace }: Attempt): Record<string, string | undefined> {
  const env = { ...(context.programEnv ?? context.env) };
  for (const prefix of ["VAULT_", "BAO_"]) {
    env[`${prefix}ADDR`] = address;
    // It would count before the other.
    delete env[`${prefix}AGENT_ADDR`];
    if (namespace === "") delete env[`${prefix}NAMESPACE`];
    else env[`${prefix}NAMESPACE`] = namespace;
  }
  return env;
}

function findHelper(settings: string, hint: string): string | undefined {
  const quoted = SETTING.exec(settings)?.[1];
  if (quoted === undefined) return undefined;
  try {
    const program: unknown = JSON.parse(quoted);
    if (program === "") return undefined;
    if (typeof program === "string" && isAbsolute(program)) return program;
  } catch {
    // Said below.
  }
  throw new SecretError("unauthenticated", "The token helper in ~/.vault is no absolute path.", { hint });
}

function runHelper(program: string, attempt: Attempt, hint: string): Promise<string | undefined> {
  const { signal } = attempt.context;
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  const { execFile } = process.getBuiltinModule("node:child_process");
  const child = execFile(
    program,
    ["get"],
    { env: helperEnv(attempt), signal, maxBuffer: MAX_OUTPUT, windowsHide: true },
    (error, stdout) => {
      if (error === null) resolve(stdout.trim() || undefined);
      else if (signal.aborted) reject(new SecretError("aborted", "The call was cancelled."));
      // The error quotes what the helper wrote, maybe the token.
      else reject(new SecretError("unauthenticated", "The token helper failed.", { hint }));
    },
  );
  // It may end without reading.
  child.stdin?.on("error", () => {});
  child.stdin?.end();
  return promise;
}
