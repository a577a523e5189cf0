import { rename, rm, writeFile } from "node:fs/promises";
import { type Command, policyConnection, urlOf } from "./commands.ts";
import type { Message, Value } from "../../src/output/result.ts";
import { settle } from "./model-clock.ts";
import type { Outcome, User, World } from "./state.ts";
import type { Given } from "./verdict.ts";

/** How long a vault that could not be reached may count as such once it can be, in ms. */
const TROUBLE_MS = 10 * 60_000;

/** What happens by itself, or by the machine's administrator. */
export async function happen(world: World, command: Exclude<Command, { readonly by: unknown }>): Promise<void> {
  const { clock, vaults } = world;
  switch (command.do) {
    case "pass":
      return clock.pass(command.minutes * 60_000);
    case "outage":
      if (vaults.isDown) world.troubleUntil = clock.monotonicMs() + TROUBLE_MS;
      vaults.isDown = command.isDown;
      return undefined;
    case "policy":
      world.policy = command.policy;
      return writePolicy(world);
    case "define": {
      const { entry, managedBy } = command;
      const { connections, ...others } = world.policy ?? { version: 1 };
      world.policy = { ...others, connections: { ...connections, [entry.name]: policyConnection(entry, managedBy) } };
      return writePolicy(world);
    }
  }
}

/** As an editor does it: another file takes the place. */
export async function writePolicy({ isWritable, policy, policyFile }: World): Promise<void> {
  if (policy === undefined) return rm(policyFile, { force: true });
  const draft = `${policyFile}.new`;
  await writeFile(draft, JSON.stringify(policy, null, 2), { mode: isWritable ? 0o644 : 0o444 });
  await rename(draft, policyFile);
}

/** A session lasts longer than this, in ms: one that ended as soon as it was opened is not opened again at once. */
const SESSION_MS = 31_000;

/** What changes at the vaults for one user. */
export async function changeSession(
  { clock, vaults }: World,
  command: Extract<Command, { do: "roles" | "expire" }>,
): Promise<void> {
  if (command.do === "roles") {
    vaults.roles[command.by] = command.roles;
    return;
  }
  await clock.pass(SESSION_MS);
  for (const session of vaults.open(command.by)) session.isDead = true;
}

/** Gives a command, and waits until what it began has ended. */
export async function perform(world: World, user: User, command: Given): Promise<Outcome> {
  const { exitOf, failuresOf } = world.command;
  try {
    const result = await run(world, user, command);
    await settle();
    return { json: result.json };
  } catch (thrown) {
    await settle();
    const error = failuresOf(thrown)?.[0]?.error;
    if (error === undefined) throw thrown;
    const { code, message } = error;
    const details = "details" in error ? error.details : {};
    const hint = "hint" in error && typeof error.hint === "string" ? error.hint : details.hint;
    return { code, message, exit: exitOf(thrown), reason: details.reason, hint };
  }
}

async function run(
  { command: cli, vaults }: World,
  { context, index }: User,
  command: Given,
): Promise<Message | Value> {
  switch (command.do) {
    case "connect": {
      const { kind, name } = command;
      const { plugin } = (await vaults.providers[kind]?.load()) ?? {};
      if (plugin === undefined) throw new Error("There is no such kind of vault.");
      return cli.connect(context, {
        provider: kind,
        plugin,
        name,
        given: { url: urlOf(`user-${index}`, command) },
        yes: true,
      });
    }
    case "reauth":
      return cli.reauth(context, command.name, () => ({}));
    case "disconnect":
      return cli.disconnect(context, command.name, { yes: command.yes });
    case "disconnect-link":
      return cli.disconnect(context, undefined, { link: command.link, yes: command.yes });
    case "logout":
      return cli.logout(context, command.name);
    case "ttl":
      return cli.cacheTtl(context, String(command.minutes));
    case "get":
      return cli.get(context, command.link);
    case "list":
      return cli.list(context);
    case "status":
      return cli.status(context);
    case "link":
      return cli.link(context, command.link, `${command.name}://${command.link}`);
    case "relink":
      return cli.relink(context, command.link, `${command.name}://${command.link}`, { verify: command.verify });
  }
}
