import type { Disconnected } from "@vaultlink/core";
import { REMOTE, until } from "../output/ended.ts";
import { message, type Message } from "../output/result.ts";
import { policyRefusal } from "../vault/policy-refusal.ts";
import { configure } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";
import { expectConnection } from "../vault/expect-connection.ts";

/** Ends one's own credentials, of one connection or of all. How to reach it, and its links, stay as they are. */
export async function logout(context: CliContext, name: string | undefined): Promise<Message> {
  const configuration = await configure(context);
  const isLeftOut = policyRefusal(name, configuration) !== undefined;
  if (name !== undefined && !isLeftOut) expectConnection(name, configuration, "logout");
  const agent = await context.openAgent?.(configuration, { start: false });
  if (agent === undefined) return message(["Nothing is signed in: no agent runs."], { connections: [], agent: null });
  try {
    if (name !== undefined && !configuration.connections.has(name)) {
      // It does not count: what was signed in when it did ends as the agent reads the files.
      await agent.reload();
      return message([`${name}: nothing is signed in.`], { connections: [] });
    }
    const ended = await agent.logout(name);
    const lines = ended.map((one) => `${one.connection}: ${told(one)}.`);
    return message(lines.length > 0 ? lines : ["There is no connection."], { connections: ended });
  } finally {
    await agent.close();
  }
}

const told = (ended: Disconnected): string =>
  `signed out; values dropped: ${ended.dropped}; at the vault: ${REMOTE[ended.remote]}${until(ended)}`;
