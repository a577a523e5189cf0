import { toSecretError, versionOf } from "@vaultlink/core/internal";
import type { Message } from "../protocol/frame.ts";
import type { Call } from "../server/call.ts";
import type { ConfigurationSource } from "./configuration.ts";
import { connectionsFor, needsOf } from "./needs.ts";
import { envOf, optionalMs, textOf } from "./request.ts";
import type { Workspace } from "./workspaces.ts";

/** What the vault calls the current version of a name or reference, if it tells one; no value is read. */
export async function version(
  workspace: Workspace,
  request: Message,
  { call, source }: { readonly call: Call; readonly source: ConfigurationSource },
): Promise<object> {
  const { configuration, vault } = workspace;
  const name = textOf(request, "name");
  const [selected] = configuration.select({ names: [name], purpose: "get", anyDomain: true });
  if (selected?.error !== undefined) throw toSecretError(selected.error);
  const env = envOf(request);
  const needs = env === undefined && (await needsOf(connectionsFor([name], workspace), workspace, source));
  if (needs) return { needs };
  const deadlineMs = optionalMs(request, "deadlineMs");
  const options = { env: env ?? {}, signal: call.signal, ...(deadlineMs !== undefined && { deadlineMs }) };
  try {
    const found = await versionOf(vault, name, options);
    return found === undefined ? {} : { version: found };
  } catch (error) {
    throw configuration.explain(error, name);
  }
}
