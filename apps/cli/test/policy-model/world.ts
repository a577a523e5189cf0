import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CliContext } from "../../src/context.ts";
import { check } from "./check.ts";
import { checkDoors } from "./check-doors.ts";
import { type By, type Command, type Entry, NAMES, LINKS, type Setting, urlOf } from "./commands.ts";
import type { CommandUnderTest } from "./copy-of-command.ts";
import { openAgentInProcess } from "./in-process-agent.ts";
import { ModelClock } from "./model-clock.ts";
import { ModelVaults, TOKEN } from "./model-vault.ts";
import { Standings } from "./oracle.ts";
import { folderOf } from "./folder.ts";
import { changeSession, happen, perform, writePolicy } from "./perform.ts";
import { snapshot } from "./snapshot.ts";
import type { User, World } from "./state.ts";
import { verdictOn } from "./verdict.ts";

/** Lives one history, and gives the invariants that it broke. */
export async function live(
  command: CommandUnderTest,
  setting: Setting,
  history: readonly Command[],
): Promise<readonly string[]> {
  const world = await makeWorld(command, setting);
  for (const one of history) {
    await step(world, one);
    if (world.violations.length > 0) break;
  }
  return world.violations;
}

async function step(world: World, command: Command): Promise<void> {
  if (command.do === "roles" || command.do === "expire") return changeSession(world, command);
  if (!("by" in command)) return happen(world, command);
  const user = world.users[command.by];
  const before = await snapshot(world, user);
  const [standings, verdict] = [new Standings(world, user), verdictOn(world, user, command)];
  const outcome = await perform(world, user, command);
  const after = await snapshot(world, "code" in outcome ? user : undefined);
  check(world, user, { command, verdict, standings, before, after, outcome });
  if ("code" in outcome) await checkDoors(world, user, { command, outcome });
}

async function makeWorld(command: CommandUnderTest, setting: Setting): Promise<World> {
  const [one, other] = setting.people;
  const clock = new ModelClock();
  const vaults = new ModelVaults(command.core, [one.roles, other.roles]);
  const policyFile = join(folderOf(process.getuid?.()), "etc", "policy.json");
  mkdirSync(dirname(policyFile), { recursive: true });
  rmSync(policyFile, { force: true });
  const about = { command, setting, clock, vaults, policyFile };
  const users = [await makeUser(about, 0), await makeUser(about, 1)] as const;
  const world: World = {
    ...{ command, setting, clock, vaults, users: [...users], policyFile },
    // Whoever is root may write whatever there is.
    isWritable: setting.writable || process.getuid?.() === 0 || process.platform === "win32",
    policy: setting.policy,
    troubleUntil: 0,
    violations: [],
  };
  await writePolicy(world);
  return world;
}

async function makeUser(
  about: Pick<World, "clock" | "command" | "policyFile" | "setting" | "vaults">,
  index: By,
): Promise<User> {
  const { clock, command, policyFile, setting, vaults } = about;
  const person = setting.people[index];
  const home = join(folderOf(process.getuid?.()), `user-${index}`);
  const [own, cwd] = [join(home, ".config", "vaultlink"), join(home, "project")];
  mkdirSync(own, { recursive: true });
  mkdirSync(cwd, { recursive: true });
  const { audit, cache, disconnected } = person;
  const user: User["user"] = {
    version: 1,
    connections: connections(`user-${index}`, person.own),
    cache,
    audit,
    disconnected,
  };
  const links = Object.fromEntries(NAMES.map((name, at) => [LINKS[at] ?? "", `${name}://${LINKS[at] ?? ""}`]));
  const project: User["project"] = { version: 1, links, connections: connections("project", setting.project) };
  const files = {
    user: join(own, "config.json"),
    project: join(cwd, "vaultlink.json"),
    trust: join(own, "trust.json"),
    audit: join(home, ".local", "state", "vaultlink", "audit.jsonl"),
  };
  for (const file of Object.values(files)) rmSync(file, { force: true });
  writeFileSync(files.user, JSON.stringify(user), { mode: 0o600 });
  writeFileSync(files.project, JSON.stringify(project));
  const [owner, isOwner] = [process.getuid?.(), person.who === "owner"];
  const context: CliContext = {
    ...{ home, cwd, clock, providers: vaults.providers, platform: "linux" },
    env: { [TOKEN]: `vlcanary-${index}` },
    // Nobody's number, unless they own the policy: what is read belongs to whoever runs this.
    uid: isOwner ? owner : undefined,
    policy: { file: policyFile, owner, userName: person.who },
    createVault: (options) => command.core.createVault({ ...options, clock }),
    openAgent: async () => agent,
    signal: new AbortController().signal,
    interrupted: () => undefined,
    prompter: undefined,
    outputIsTerminal: false,
    errorIsTerminal: false,
    notice: () => undefined,
    readInput: async () => new Uint8Array(),
    startChild: async () => ({ code: 0 }),
  };
  const agent = setting.agent ? openAgentInProcess(command, context, clock) : undefined;
  if (setting.trusted) await command.trust(context, { yes: true });
  return { index, person, context, agent, files, user, project };
}

const connections = (place: string, entries: readonly Entry[]): Record<string, { provider: string; url: string }> =>
  Object.fromEntries(entries.map((entry) => [entry.name, { provider: entry.kind, url: urlOf(place, entry) }]));
