import { parentPort, workerData } from "node:worker_threads";
import { syncBuiltinESMExports } from "node:module";
import {
  AzureCliCredential,
  AzurePipelinesCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from "@azure/identity";
import { isSecretError } from "@vaultlink/core/provider";
import { type Exchange, within } from "../exchanges.ts";
import { readSdkError } from "../sdk-error.ts";
import { openTransport } from "../transport.ts";
import {
  clientIdOf,
  configuredTenant,
  type CredentialContext,
  credentialOptions,
  getTokenOptions,
  homeTenant,
} from "./credential-context.ts";
import type { Token } from "./source.ts";
import type { ThreadReply, ThreadRequest } from "./thread.ts";

/*
 * The thread in which the SDK looks around by itself. It reads `process.env`, starts programs from the `PATH` and cannot
 * be told otherwise: here `process.env` holds the variables of the one who asked, so that nobody gets the token of another.
 */
const request = workerData as ThreadRequest;
const { env } = process;
const transport = openTransport(request.settings);
const exchanges: Exchange[] = [];
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
const send = (reply: ThreadReply): void => parentPort?.postMessage(reply);

if (request.programEnv !== undefined) lendToPrograms(request.programEnv);

try {
  const token = await within(exchanges, getToken);
  send(token === null ? failed(new Error("")) : { type: "token", token });
} catch (thrown) {
  send(failed(thrown));
} finally {
  transport.close();
}

function failed(thrown: unknown): ThreadReply {
  if (isSecretError(thrown)) {
    const { hint } = thrown.details;
    return { type: "refused", message: thrown.message, ...(hint !== undefined && { hint }) };
  }
  // Where nobody said that this is a machine of Azure's, none of its own answers.
  const counted =
    request.method === "default" && !isMachine()
      ? exchanges.filter(({ peer, status }) => peer !== "platform" || (status ?? 0) >= 429)
      : exchanges;
  return { type: "failed", error: readSdkError(thrown, counted, request.method) };
}

/** Whether the platform says where its machines find their tokens. */
function isMachine(): boolean {
  return ["IDENTITY_ENDPOINT", "MSI_ENDPOINT"].some((name) => env[name] !== undefined);
}

async function getToken(): Promise<Token | null> {
  const wanted = { ...request, signal: new AbortController().signal };
  return create(wanted).getToken(request.scope, getTokenOptions(wanted, configuredTenant({ auth: request.auth, env })));
}

function create(wanted: Parameters<typeof homeTenant>[1]): TokenCredential {
  const { method, auth, settings } = request;
  const context: CredentialContext = { auth, env, programEnv: {}, settings, transport, method, hint: "" };
  const options = credentialOptions(context);
  const tenantId = configuredTenant(context);
  const tenant = tenantId === undefined ? {} : { tenantId };
  const processTimeoutInMs = settings.loginTimeoutMs;
  switch (method) {
    case "cli": {
      // It signs in to any tenant that the person is in.
      const { subscription } = auth;
      const own = { processTimeoutInMs, additionallyAllowedTenants: ["*"], ...(subscription && { subscription }) };
      return new AzureCliCredential({ ...tenant, ...own });
    }
    case "managed-identity":
      return new ManagedIdentityCredential({ ...options, ...machineIdentity() });
    case "pipelines": {
      const connection = auth.serviceConnectionId ?? env["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"] ?? "";
      const token = auth.systemAccessToken ?? env["SYSTEM_ACCESSTOKEN"] ?? "";
      return new AzurePipelinesCredential(homeTenant(context, wanted), clientIdOf(context), connection, token, options);
    }
    case "default": {
      const { clientId } = auth;
      const own =
        clientId === undefined ? {} : { managedIdentityClientId: clientId, workloadIdentityClientId: clientId };
      return new DefaultAzureCredential({ ...options, ...tenant, ...own, processTimeoutInMs });
    }
  }
}

function machineIdentity() {
  const { clientId = env["AZURE_CLIENT_ID"], resourceId, objectId } = request.auth;
  if (resourceId !== undefined) return { resourceId };
  if (objectId !== undefined) return { objectId };
  return clientId ? { clientId } : {};
}

type Options = { readonly env?: Readonly<Record<string, string | undefined>> };
type Start = (file: string, args: readonly string[], options: Options, done: unknown) => unknown;

/**
 * Gives every program that is started in this thread this environment, and what it is started with beside ours. The SDK
 * hands on `process.env`, which here holds no more than what decides who signs in; `az` and its likes need what their user
 * has set.
 */
function lendToPrograms(environment: Readonly<Record<string, string>>): void {
  const processes = process.getBuiltinModule("node:child_process");
  const execFile = processes.execFile as Start;
  const start: Start = (file, args, { env: given = {}, ...options }, done) => {
    const added = Object.entries(given).filter(([name, value]) => process.env[name] !== value);
    return execFile(file, args, { ...options, env: { ...environment, ...Object.fromEntries(added) } }, done);
  };
  Object.assign(processes, { execFile: start });
  syncBuiltinESMExports();
}
