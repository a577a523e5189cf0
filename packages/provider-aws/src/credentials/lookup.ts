import { existsSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { isSecretError, SecretError } from "@vaultlink/core/provider";
import { type Env, variable } from "../env.ts";
import type { Asking } from "./credentials.ts";
import type { LookupReply, LookupRequest } from "./lookup-protocol.ts";
import { askCode } from "./mfa-code.ts";

/** What looking came to. */
export type LookupOutcome = Exclude<LookupReply, { readonly type: "ask" }>;

/** Looks for credentials in a thread of its own, which ends with the answer or with the signal. */
export async function lookUp(
  request: Omit<LookupRequest, "person">,
  env: Env,
  { signal, prompter }: Asking,
): Promise<LookupOutcome> {
  signal.throwIfAborted();
  const { program, execArgv } = findProgram();
  const worker = new Worker(program, {
    env: environmentOf(env),
    execArgv,
    workerData: { ...request, person: prompter !== undefined } satisfies LookupRequest,
    // The SDK warns with `console`; nothing of it is shown.
    stdout: true,
    stderr: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<LookupOutcome>();
  const cancel = (): void => reject(new SecretError("aborted", "The call was cancelled."));
  signal.addEventListener("abort", cancel, { once: true });
  worker.on("message", (reply: LookupReply) => {
    if (reply.type !== "ask") return resolve(reply);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
    askCode(prompter).then((code) => worker.postMessage(code), reject);
  });
  worker.once("error", () => reject(failed()));
  worker.once("exit", () => reject(failed()));
  try {
    return await promise;
  } catch (thrown) {
    throw isSecretError(thrown) ? thrown : failed();
  } finally {
    signal.removeEventListener("abort", cancel);
    await worker.terminate();
  }
}

/**
 * The thread's program lies beside this file in the sources, and beside the bundle in the package. Tests run the sources,
 * whose imports of each other need the same condition there. Looked for when it is needed: a bundle of somebody else's does
 * not hold it, and in CommonJS knows no place of its own. Throws `invalid_config` there.
 */
function findProgram(): { readonly program: URL; readonly execArgv: string[] } {
  const here = import.meta.url as string | undefined;
  const sources = here?.endsWith(".ts") === true;
  const program = here === undefined ? null : URL.parse(sources ? "./lookup-worker.ts" : "./lookup-worker.js", here);
  if (program === null || !existsSync(program)) {
    throw new SecretError(
      "invalid_config",
      "These AWS credentials are looked for in a thread, whose program is not in this bundle: keep @vaultlink/provider-aws external.",
      { hint: "keep @vaultlink/provider-aws external" },
    );
  }
  return { program, execArgv: sources ? ["--conditions=source", "--disable-warning=ExperimentalWarning"] : [] };
}

/** The caller's variables, and no way to anybody else's home. */
function environmentOf(env: Env): Record<string, string> {
  const home = variable(env, "HOME") ?? variable(env, "USERPROFILE");
  const files = home === undefined ? devNull : undefined;
  return {
    // The SDK finds this one through the process's home, not through the variable.
    AWS_LOGIN_CACHE_DIRECTORY: join(home ?? devNull, ".aws", "login", "cache"),
    ...(files !== undefined && { AWS_CONFIG_FILE: files, AWS_SHARED_CREDENTIALS_FILE: files }),
    ...Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    HOME: home ?? devNull,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}

const failed = (): SecretError => new SecretError("internal", "The thread that looks for AWS credentials failed.");
