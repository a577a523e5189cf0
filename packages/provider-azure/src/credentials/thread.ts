import { Worker } from "node:worker_threads";
import { SecretError } from "@vaultlink/core";
import type { Env } from "../env.ts";
import { judge } from "../errors.ts";
import type { Ground } from "./ground.ts";
import type { Source, Token, TokenAsk } from "./source.ts";
import type { ThreadMethod, ThreadReply, ThreadRequest } from "./thread-protocol.ts";

/*
 * The thread's program lies beside this file in the sources, and beside the bundle in the package. Tests run the sources,
 * whose imports of each other need the same condition there.
 */
const sources = import.meta.url.endsWith(".ts");
const PROGRAM = new URL(sources ? "./thread-worker.ts" : "./thread-worker.js", import.meta.url);
const ARGUMENTS = sources ? ["--conditions=source", "--disable-warning=ExperimentalWarning"] : [];

/** What a program that is started for a token has no use for. */
const SECRETS: ReadonlySet<string> = new Set([
  "AZURE_CLIENT_SECRET",
  "AZURE_CLIENT_CERTIFICATE_PASSWORD",
  "AZURE_PASSWORD",
  "SYSTEM_ACCESSTOKEN",
]);

/** A way of signing in that the SDK finds by itself: in a thread of its own, which ends with its answer. */
export function inThread(method: ThreadMethod, ground: Ground): Source {
  const { auth, env, settings, mend } = ground;
  return {
    mend,
    person: false,
    token: async ({ scope, tenantId, claims, signal }) => {
      const { assertion: _, ...plain } = auth;
      const request = {
        method,
        auth: plain,
        settings,
        scope,
        ...(tenantId && { tenantId }),
        ...(claims && { claims }),
      };
      const reply = await lookUp(request, environmentOf(method, auth.chain, env), signal);
      return tokenOf(reply, mend);
    },
  };
}

function tokenOf(reply: ThreadReply, mend: string): Token {
  switch (reply.type) {
    case "token":
      return reply.token;
    case "failed":
      throw judge(reply.seen, "login", mend);
    case "refused":
      throw new SecretError("invalid_config", reply.message, reply.mend === undefined ? {} : { mend: reply.mend });
  }
}

async function lookUp(
  request: ThreadRequest,
  env: Record<string, string>,
  signal: TokenAsk["signal"],
): Promise<ThreadReply> {
  if (signal.aborted) throw cancelled();
  const worker = new Worker(PROGRAM, {
    env,
    execArgv: ARGUMENTS,
    workerData: request,
    // With DEBUG the SDK prints; nothing of it is shown.
    stdout: true,
    stderr: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<ThreadReply>();
  const cancel = (): void => reject(cancelled());
  signal.addEventListener("abort", cancel, { once: true });
  worker.once("message", resolve);
  worker.once("error", () => reject(failed()));
  worker.once("exit", () => reject(failed()));
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", cancel);
    // A program that was started outlives the thread, and only the thread ends it in time: it is left to that.
    if (signal.aborted && (request.method === "cli" || request.method === "default")) worker.unref();
    else await worker.terminate();
  }
}

/** The caller's variables, but those that are none of the program's business. */
function environmentOf(method: ThreadMethod, chain: string | undefined, env: Env): Record<string, string> {
  const lent = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const kept = method === "cli" ? lent.filter(([name]) => !SECRETS.has(name)) : lent;
  return { ...Object.fromEntries(kept), ...(chain !== undefined && { AZURE_TOKEN_CREDENTIALS: chain }) };
}

const cancelled = (): SecretError => new SecretError("aborted", "The call was cancelled.");
const failed = (): SecretError => new SecretError("internal", "The thread that signs in to Azure failed.");
