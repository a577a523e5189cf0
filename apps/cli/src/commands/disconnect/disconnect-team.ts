import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { dirname } from "node:path";
import { type Disconnected, SecretError } from "@vaultlink/core";
import { reloadAgent } from "../../agent/sign-in.ts";
import { change } from "../../config/change.ts";
import { USER } from "../../config/file-kinds.ts";
import type { Configuration } from "../../config/load.ts";
import { clean } from "../../output/clean.ts";
import { endedLines } from "../../output/ended.ts";
import { message, type Message } from "../../output/result.ts";
import { adminsOf, isAdminUser } from "../../policy/admins.ts";
import { type Policy, POLICY } from "../../policy/load.ts";
import type { VaultAccess } from "../../vault/access.ts";
import { withVault } from "../../vault/with-vault.ts";
import type { CliContext } from "../../context.ts";

/** The policy of a connection that a team manages; `undefined` for one that its user may disconnect. */
export function teamPolicyOf(name: string, { connections, policy }: Configuration): Policy | undefined {
  return connections.get(name)?.team === true ? policy : undefined;
}

/** Throws `forbidden` for whoever the operating system shows to be no admin, before they are asked anything. */
export function expectAdminUser(name: string, policy: Policy, { uid }: Pick<CliContext, "uid">): void {
  const { names, proof } = adminsOf(policy.content.roles);
  if (proof === "vault" || isAdminUser(policy, uid)) return;
  const others = names.length === 0 ? "" : `, or who is ${names.map((one) => clean(one)).join(" or ")}`;
  const file = clean(policy.file);
  throw new SecretError("forbidden", `${name}: Only an admin may disconnect it: whoever owns ${file}${others}.`, {
    reason: "admin-only",
    hint: `vaultlink logout ${name}`,
  });
}

/**
 * Ends a team's connection: for everybody, where its admin may write the policy; else here, with the change to make said.
 * Throws `forbidden`, and changes nothing, where the vault shows no admin.
 */
export async function disconnectTeam(
  context: CliContext,
  configuration: Configuration,
  { name, names, policy }: { readonly name: string; readonly names: readonly string[]; readonly policy: Policy },
): Promise<Message> {
  const { proof } = adminsOf(policy.content.roles);
  const ended = await withVault(
    context,
    configuration,
    async (vault) => (proof === "user" || (await isOpen(vault, name)) ? vault.disconnect(name) : undefined),
    { start: false },
  );
  const result = ended ?? (await disconnectProved(context, configuration, name));
  const everybody = await isWritable(policy.file);
  if (everybody) await endForEverybody(name, policy);
  else await endHere(name, configuration);
  await reloadAgent(context, configuration);
  const file = clean(policy.file);
  const whose = everybody ? "for everybody of this machine" : "for you";
  const edit = `remove "connections.${name}" and add "${name}" to "disconnected"`;
  return message(
    [
      `${name} is disconnected ${whose}.`,
      ...endedLines(names, result),
      everybody
        ? `To connect again, define it in ${file}.`
        : `For everybody, whoever may write ${file} has to ${edit}.`,
    ],
    { connection: name, disconnected: true, everybody, names, dropped: result.dropped, remote: result.remote },
  );
}

/** Whether there is a session whose roles show who may. */
async function isOpen(vault: VaultAccess, name: string): Promise<boolean> {
  const { connections } = await vault.status();
  return connections.some((one) => one.name === name && one.state === "ready");
}

/**
 * Signs in to see the roles, in a vault of this command's own: whoever is refused is signed in to nothing afterwards that they
 * were not before. What the agent has of the connection ends once it is granted.
 */
async function disconnectProved(
  context: CliContext,
  configuration: Configuration,
  name: string,
): Promise<Disconnected> {
  const { openAgent, ...alone } = context;
  const { prompter, signal } = context;
  const proved = await withVault(alone, configuration, async (vault) => {
    await vault.reauthenticate(name, { signal, useFound: true, ...(prompter && { prompter }) });
    return vault.disconnect(name);
  });
  const agent = await openAgent?.(configuration, { start: false });
  try {
    const [ended] = (await agent?.logout(name)) ?? [];
    return { ...proved, dropped: proved.dropped + (ended?.dropped ?? 0) };
  } finally {
    await agent?.close();
  }
}

async function endForEverybody(name: string, policy: Policy): Promise<void> {
  const { disconnected = [] } = policy.content;
  await change(policy, POLICY, [
    { keys: ["connections", name], value: undefined },
    { keys: ["disconnected"], value: [...disconnected.filter((one) => one !== name), name] },
  ]);
}

/** Notes in the user's own file that a connection is disconnected. */
export async function endHere(name: string, { user }: Configuration): Promise<void> {
  const { disconnected = [] } = user.content;
  if (disconnected.includes(name)) return;
  await change(user, USER, [{ keys: ["disconnected"], value: [...disconnected, name] }]);
}

/** Whether this user may replace the file. */
async function isWritable(file: string): Promise<boolean> {
  return Promise.all([file, dirname(file)].map((path) => access(path, constants.W_OK))).then(
    () => true,
    () => false,
  );
}
