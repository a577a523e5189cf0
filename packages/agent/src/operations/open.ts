import type { Vault } from "@vaultlink/core";
import type { Message } from "../protocol/frame.ts";
import type { Call } from "../server/call.ts";
import type { ConfigurationSource } from "./configuration.ts";
import { withEnv } from "./needs.ts";
import { flagOf, optionalGroup, placeOf, proposalOf, textOf } from "./request.ts";
import { signIn } from "./sign-in.ts";
import type { Proposed, Workspace } from "./workspaces.ts";

export interface OpenContext {
  readonly call: Call;
  readonly source: ConfigurationSource;
  /** The vault of the configuration's owner. */
  readonly owner: Vault;
  /** Keeps a proposed connection open until the configuration has it. */
  readonly keep: (proposed: Proposed) => void;
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
  let isOpen = false;
  try {
    const answer = await open({ ...workspace, vault }, request, about);
    isOpen = !("needs" in answer);
    return answer;
  } finally {
    if (isOpen) about.keep({ connection, definition, vault, owner: about.owner });
    else await vault.close();
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
