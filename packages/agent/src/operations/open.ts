import type { Clock, Vault } from "@vaultlink/core";
import type { Message } from "../protocol/frame.ts";
import type { Call } from "../server/call.ts";
import type { ConfigurationSource } from "./configuration.ts";
import { withEnv } from "./needs.ts";
import { flagOf, optionalGroup, placeOf, proposalOf, textOf } from "./request.ts";
import { signIn } from "./sign-in.ts";
import type { Workspace } from "./workspaces.ts";

/** How long a proposed connection stays open without being in the configuration, in ms. */
const PROPOSAL_MS = 60_000;

export interface OpenContext {
  readonly call: Call;
  readonly clock: Clock;
  readonly source: ConfigurationSource;
  /** The vault of the configuration's owner. */
  readonly owner: Vault;
}

/**
 * Opens a connection: one of the configuration, or one that the client is about to write there. That one serves nobody
 * until the configuration has it, and is closed if it is not there within a minute.
 */
export async function openConnection(workspace: Workspace, request: Message, about: OpenContext): Promise<object> {
  const proposal = proposalOf(request);
  if (proposal === undefined) return open(workspace, request, about);
  const connection = textOf(request, "connection");
  const definition = await about.source.define(connection, proposal, placeOf(request));
  const vault = about.owner.view({ connections: { [connection]: definition } });
  let keptMs = 0;
  try {
    const answer = await open({ ...workspace, vault }, request, about);
    if (!("needs" in answer)) keptMs = PROPOSAL_MS;
    return answer;
  } finally {
    // By then a view of the configuration has it, too, and keeps it open.
    if (keptMs === 0) await vault.close();
    else about.clock.after(keptMs, () => void vault.close());
  }
}

async function open(workspace: Workspace, request: Message, { call, source }: OpenContext): Promise<object> {
  const connection = textOf(request, "connection");
  return withEnv({ request, connections: [connection], workspace, source }, (env) =>
    signIn({
      vault: workspace.vault,
      connection,
      env,
      call,
      interactive: flagOf(request, "interactive"),
      ifNeeded: flagOf(request, "ifNeeded"),
      useFound: flagOf(request, "useFound"),
      credentials: optionalGroup(request, "credentials"),
    }),
  );
}
