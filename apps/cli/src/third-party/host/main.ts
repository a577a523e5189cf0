import { Worker } from "node:worker_threads";
import { type Plugin, SecretError } from "@vaultlink/core";
import type { SuggestContext, VaultLocation } from "@vaultlink/core/provider";
import { check, describe, make } from "./describe.ts";
import { importPlugin } from "./import-plugin.ts";
import { type AskClient, answerRequests } from "./line.ts";
import { contextOf, prompterOf, ServedSession } from "./session.ts";
import type { Request } from "./wire.ts";

/*
 * The process of one provider that is none of ours: `<this> <file>`. It loads the file, and answers for it. A provider
 * that crashes, hangs or prints does so here.
 */
const [, , entry = ""] = process.argv;
let session: ServedSession | undefined;

answerRequests(answer, () => session?.requests());

// Where whoever started this process was killed, a provider that never yields would stay: this thread sees it all the same.
const parent = process.ppid;
new Worker(
  `const { workerData } = require("node:worker_threads");
   setInterval(() => { if (process.ppid !== workerData) process.kill(process.pid, "SIGKILL"); }, 1000);`,
  { eval: true, workerData: parent },
).unref();

async function answer(request: Request, ask: AskClient): Promise<unknown> {
  switch (request.method) {
    case "plugin.describe":
      return describe(entry);
    case "plugin.check":
      return check(await loaded(), request.params["options"]);
    case "plugin.parse_identifier":
      return { parsed: (await loaded()).parseIdentifier?.(String(request.params["identifier"])) };
    case "plugin.suggest":
      return (await loaded()).suggest?.({ ...configured(request), signal: request.signal });
    case "plugin.where":
      return where(request);
    case "rpc.initialize":
      return initialize(request, ask);
    case "rpc.shutdown":
      await session?.close();
      return process.exit(0);
    default:
      return session?.answer(request);
  }
}

async function loaded(): Promise<Plugin> {
  const plugin = await importPlugin(entry);
  if ("fault" in plugin) throw new SecretError("invalid_config", "The provider's code could not be loaded.");
  return plugin;
}

async function where(request: Request): Promise<VaultLocation | undefined> {
  const { env, options } = configured(request);
  const provider = await make(await loaded(), options);
  return "issues" in provider ? undefined : provider.where?.({ env, signal: request.signal });
}

/** What is asked about: options, and the variables of the caller. */
const configured = ({ params }: Request): Pick<SuggestContext, "env" | "options"> =>
  params as unknown as Pick<SuggestContext, "env" | "options">;

async function initialize(request: Request, ask: AskClient): Promise<object> {
  const { application, client_methods: canAsk } = request.params;
  const { options, env, program_env: programEnv, reauthenticate } = application as Application;
  const provider = await make(await loaded(), options);
  if ("issues" in provider) throw new SecretError("invalid_config", "The provider no longer takes its options.");
  const lent = { env, programEnv };
  const opened = await provider.open({
    ...contextOf(request, lent),
    ...(canAsk !== undefined && { prompter: prompterOf(ask) }),
    ...(reauthenticate === true && { reauthenticate }),
  });
  if (typeof opened?.read !== "function") {
    throw new SecretError("internal", "The provider opened something that is not a session.");
  }
  session = new ServedSession(opened, lent);
  return { protocol: "vaultlink.provider", version: 1, ...session.hello() };
}

interface Application {
  readonly options: unknown;
  readonly env: Readonly<Record<string, string>>;
  readonly program_env?: Readonly<Record<string, string>>;
  readonly reauthenticate?: true;
}
