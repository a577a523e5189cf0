import type { Configuration } from "../config/load.ts";
import type { Options } from "../options/secrets.ts";
import { type SignedIn, signIn } from "../vault/sign-in.ts";
import type { CliContext } from "../context.ts";
import type { Proposed } from "@vaultlink/agent";

/** Opens a connection in the agent, where it stays open; `undefined` where commands do without an agent. */
export async function signInByAgent(
  context: CliContext,
  configuration: Configuration,
  connection: string,
  given: { readonly secrets: Options; readonly proposed?: Proposed; readonly useFound?: boolean },
): Promise<SignedIn | undefined> {
  const agent = await context.openAgent?.(configuration, { start: true });
  if (agent === undefined) return undefined;
  const credentials = Object.keys(given.secrets).length > 0 ? given.secrets : undefined;
  const { proposed } = given;
  try {
    const opening = {
      reauthenticate: (name: string, options = {}) => agent.signIn(name, { ...options, credentials, proposed }),
    };
    return await signIn(context, opening, connection, { useFound: given.useFound ?? false });
  } finally {
    await agent.close();
  }
}

/** Has a running agent read the configuration that was just written. */
export async function reloadAgent(context: CliContext, configuration: Configuration): Promise<void> {
  const agent = await context.openAgent?.(configuration, { start: false });
  try {
    await agent?.reload();
  } finally {
    await agent?.close();
  }
}
