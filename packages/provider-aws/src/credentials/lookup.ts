import { devNull } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { isSecretError, SecretError } from "@vaultlink/core";
import { type Env, variable } from "../env.ts";
import type { Asking } from "./credentials.ts";
import type { LookupReply, LookupRequest } from "./lookup-protocol.ts";
import { askCode } from "./mfa-code.ts";

/** What looking came to. */
export type LookupOutcome = Exclude<LookupReply, { readonly type: "ask" }>;

/*
 * The thread's program lies beside this file in the sources, and beside the bundle in the package. Tests run the sources,
 * whose imports of each other need the same condition there.
 */
const sources = import.meta.url.endsWith(".ts");
const PROGRAM = new URL(sources ? "./lookup-worker.ts" : "./lookup-worker.js", import.meta.url);
const ARGUMENTS = sources ? ["--conditions=source", "--disable-warning=ExperimentalWarning"] : [];

/** Looks for credentials in a thread of its own, which ends with the answer or with the signal. */
export async function lookUp(
  request: Omit<LookupRequest, "person">,
  env: Env,
  { signal, interact }: Asking,
): Promise<LookupOutcome> {
  signal.throwIfAborted();
  const worker = new Worker(PROGRAM, {
    env: environmentOf(env),
    execArgv: ARGUMENTS,
    workerData: { ...request, person: interact !== undefined } satisfies LookupRequest,
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
    askCode(interact).then((code) => worker.postMessage(code), reject);
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
