import { Worker } from "node:worker_threads";
import { SecretError } from "@vaultlink/core/provider";
import type { Env } from "../env.ts";
import { judge } from "../errors.ts";
import type { Ground } from "./ground.ts";
import type { Source, Token, TokenAsk } from "./source.ts";
import { findProgram } from "./thread-program.ts";
import type { ThreadMethod, ThreadReply, ThreadRequest } from "./thread-protocol.ts";

/** What a program that is started for a token has no use for. */
const SECRETS: ReadonlySet<string> = new Set([
  "AZURE_CLIENT_SECRET",
  "AZURE_CLIENT_CERTIFICATE_PASSWORD",
  "AZURE_PASSWORD",
  "SYSTEM_ACCESSTOKEN",
]);

const TENANTS: ReadonlySet<string> = new Set(["AZURE_TENANT_ID", "AZURE_ADDITIONALLY_ALLOWED_TENANTS"]);

/** Those that may start `az`, `azd` or `pwsh`. */
const STARTS: ReadonlySet<ThreadMethod> = new Set(["cli", "default"]);

/** A way of signing in that the SDK finds by itself: in a thread of its own, which ends with its answer. */
export function inThread(method: ThreadMethod, ground: Ground): Source {
  const { auth, env, programEnv, settings, hint } = ground;
  return {
    hint,
    person: false,
    // A pipeline's connection names one application; the others are whoever is signed in, or the machine's.
    ...(method !== "pipelines" && { switches: true as const }),
    token: async ({ scope, tenantId, claims, signal }) => {
      const { assertion: _, ...plain } = auth;
      const request = {
        method,
        auth: plain,
        settings,
        scope,
        ...(tenantId && { tenantId }),
        ...(claims && { claims }),
        ...(STARTS.has(method) && { programEnv: forPrograms({ ...programEnv, ...env }) }),
      };
      const reply = await lookUp(request, environmentOf(auth.chain, env), signal);
      return tokenOf(reply, hint);
    },
  };
}

function tokenOf(reply: ThreadReply, hint: string): Token {
  switch (reply.type) {
    case "token":
      return reply.token;
    case "failed":
      throw judge(reply.seen, "login", hint);
    case "refused":
      throw new SecretError("invalid_config", reply.message, reply.hint === undefined ? {} : { hint: reply.hint });
  }
}

async function lookUp(
  request: ThreadRequest,
  env: Record<string, string>,
  signal: TokenAsk["signal"],
): Promise<ThreadReply> {
  if (signal.aborted) throw cancelled();
  const { url, execArgv } = findProgram();
  const worker = new Worker(url, {
    env,
    execArgv: [...execArgv],
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
    if (signal.aborted && STARTS.has(request.method)) worker.unref();
    else await worker.terminate();
  }
}

/** The caller's variables, which the SDK reads by itself. Tenants in lower case: it compares them letter by letter. */
function environmentOf(chain: string | undefined, env: Env): Record<string, string> {
  const lent = held(env).map(([name, value]): readonly [string, string] => [
    name,
    TENANTS.has(name) ? value.toLowerCase() : value,
  ]);
  return { ...Object.fromEntries(lent), ...(chain !== undefined && { AZURE_TOKEN_CREDENTIALS: chain }) };
}

/** The caller's whole environment, but what is ours and what such a program has no use for. */
function forPrograms(env: Env): Record<string, string> {
  return Object.fromEntries(held(env).filter(([name]) => !SECRETS.has(name) && !/^VAULTLINK_/i.test(name)));
}

const held = (env: Env): ReadonlyArray<readonly [string, string]> =>
  Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));

const cancelled = (): SecretError => new SecretError("aborted", "The call was cancelled.");
const failed = (): SecretError => new SecretError("internal", "The thread that signs in to Azure failed.");
