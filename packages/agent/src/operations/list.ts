import { isSecretError, type ListEntry } from "@vaultlink/core";
import { Arrivals, systemClock } from "@vaultlink/core/internal";
import type { Message } from "../protocol/frame.ts";
import type { Call } from "../server/call.ts";
import type { ConfigurationSource } from "./configuration.ts";
import { withEnv } from "./needs.ts";
import { flagOf, optionalMs, optionalText, textOf } from "./request.ts";
import { signIn } from "./sign-in.ts";
import type { Workspace } from "./workspaces.ts";

/** The most entries of one part, and of one listing: a client narrows its prefix for more. */
const MAX_PART = 200;
const MAX_ENTRIES = 100_000;

/** Tells the client what a connection offers, part by part as it arrives. The answer says whether there is more. */
export async function list(
  workspace: Workspace,
  request: Message,
  { call, source }: { readonly call: Call; readonly source: ConfigurationSource },
): Promise<object> {
  const connection = textOf(request, "connection");
  const { vault } = workspace;
  return withEnv({ request, connections: [connection], workspace, source }, async (env) => {
    const deadlineMs = optionalMs(request, "deadlineMs");
    const query = { prefix: optionalText(request, "prefix") ?? "" };
    const options = { env, signal: call.signal, ...(deadlineMs !== undefined && { deadlineMs }) };
    const entries = (): AsyncIterable<ListEntry> => vault.list(connection, query, options);
    try {
      return await tell(entries(), call);
    } catch (error) {
      const isRefused = isSecretError(error) && error.code === "unauthenticated";
      if (!isRefused || !flagOf(request, "interactive")) throw error;
      await signIn({ vault, connection, env, call, interactive: true, ifNeeded: true });
      return tell(entries(), call);
    }
  });
}

async function tell(entries: AsyncIterable<ListEntry>, call: Call): Promise<{ readonly more: boolean }> {
  const arrivals = new Arrivals(entries, systemClock());
  try {
    for (let told = 0; told < MAX_ENTRIES;) {
      const taken = await arrivals.take(MAX_PART);
      if (taken.length === 0) return { more: false };
      told += taken.length;
      call.tell({ part: { entries: taken } });
    }
    return { more: true };
  } finally {
    arrivals.stop();
  }
}
