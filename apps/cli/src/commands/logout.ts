import type { Disconnected } from "@vaultlink/core";
import { REMOTE, until } from "../output/ended.ts";
import { message, type Message } from "../output/result.ts";
import { configure } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";
import { expectConnection } from "../vault/expect-connection.ts";

/** Ends one's own credentials, of one connection or of all. How to reach it, and its links, stay as they are. */
export async function logout(context: CliContext, name: string | undefined): Promise<Message> {
  const configuration = await configure(context);
  if (name !== undefined) expectConnection(name, configuration, "logout");
  const agent = await context.openAgent?.(configuration, { start: false });
  if (agent === undefined) return message(["Nothing is signed in: no agent runs."], { connections: [], agent: null });
  try {
    const ended = await agent.logout(name);
    const lines = ended.map((one) => `${one.connection}: ${told(one)}.`);
    return message(lines.length > 0 ? lines : ["There is no connection."], { connections: ended });
  } finally {
    await agent.close();
  }
}

const told = (ended: Disconnected): string =>
  `signed out; values dropped: ${ended.dropped}; at the vault: ${REMOTE[ended.remote]}${until(ended)}`;
