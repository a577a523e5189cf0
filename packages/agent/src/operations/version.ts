import { toSecretError, versionOf } from "@vaultlink/core/internal";
import type { Message } from "../protocol/frame.ts";
import type { Call } from "../server/call.ts";
import type { ConfigurationSource } from "./configuration.ts";
import { connectionsFor, withEnv } from "./needs.ts";
import { optionalMs, textOf } from "./request.ts";
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
  const connections = connectionsFor([name], workspace);
  return withEnv({ request, connections, workspace, source }, async (env) => {
    const deadlineMs = optionalMs(request, "deadlineMs");
    const options = { env, signal: call.signal, ...(deadlineMs !== undefined && { deadlineMs }) };
    try {
      const found = await versionOf(vault, name, options);
      return found === undefined ? {} : { version: found };
    } catch (error) {
      throw configuration.explain(error, name);
    }
  });
}
