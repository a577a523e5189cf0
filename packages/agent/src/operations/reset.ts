import { isSecretError, type ResetScope } from "@vaultlink/core";
import type { Message } from "../protocol/frame.ts";
import type { Call } from "../server/call.ts";
import { optionalText } from "./request.ts";
import type { Workspace } from "./workspaces.ts";

/** Drops what a request names, in all views. Where a name leads is found first: a new view has loaded no provider yet. */
export async function reset({ vault }: Workspace, request: Message, { signal }: Call): Promise<object> {
  const scope = scopeOf(request);
  if (scope !== undefined && "name" in scope) {
    try {
      await vault.connectionOf(scope.name, { signal });
    } catch (error) {
      // What leads nowhere has nothing to drop; only of what was not found in time nothing can be said.
      if (!isSecretError(error) || error.code === "timeout" || error.code === "aborted") throw error;
    }
  }
  return { dropped: vault.reset(scope) };
}

function scopeOf(request: Message): ResetScope | undefined {
  const [connection, name] = [optionalText(request, "connection"), optionalText(request, "name")];
  if (connection !== undefined) return { connection };
  return name === undefined ? undefined : { name };
}
