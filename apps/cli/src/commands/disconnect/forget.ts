import { reloadAgent } from "../../agent/sign-in.ts";
import { change } from "../../config/change.ts";
import { USER } from "../../config/file-kinds.ts";
import type { Configuration } from "../../config/load.ts";
import type { CliContext } from "../../context.ts";
import { usage } from "../../failure.ts";
import { clean } from "../../output/clean.ts";
import { configure } from "../../vault/with-vault.ts";
import { reconnected } from "../../config/reconnected.ts";

/** Throws `usage` for a connection that the user's own configuration does not define: nothing there could be removed. */
export function expectOwnDefinition(name: string, { user, project, policy, connections }: Configuration): void {
  if (Object.hasOwn(user.content.connections ?? {}, name)) return;
  const file = connections.get(name)?.team === true ? policy?.file : project?.file;
  const where = file === undefined ? "" : `; it is defined in ${clean(file)}`;
  throw usage(`${name} is not in your own configuration${where}.`, `vaultlink disconnect ${name}`);
}

/** Removes a connection, which was disconnected before, from the user's own configuration. */
export async function forget(context: CliContext, name: string): Promise<void> {
  const configuration = await configure(context);
  const { user } = configuration;
  await change(user, USER, [{ keys: ["connections", name], value: undefined }, ...reconnected(name, configuration)]);
  await reloadAgent(context, configuration);
}
