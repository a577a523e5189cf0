import type { Message } from "../../src/protocol/frame.ts";
import { askingOf, check, envKey, expectAnswer, expectSame, one, outcomesOf, start } from "./asking.ts";
import { CLIENTS } from "./clients.ts";
import { type Answer, type Command, CONNECTIONS, type ConnectionName, DOCUMENTS, LINKS } from "./commands.ts";
import { connectionOf } from "./expected.ts";
import type { World } from "./state.ts";
import { together } from "./together.ts";

/** Sessions that nothing tells apart from fresh ones: what the vault refuses twice in a row is left alone for a while. */
const REOPEN_MS = 31_000;
/** Longer than a proposed connection is kept that the configuration does not get. */
const PROPOSAL_MS = 62_000;
/** How often tokens may change: four environments of a connection are kept. */
const MAX_TOKENS = 1;

/** Does one command to the world, and notes what was not as the model expects it. */
export async function perform(world: World, command: Command): Promise<void> {
  const { clients, clock, model, remote } = world;
  switch (command.do) {
    case "get":
      return get(world, command);
    case "together":
      return clients.isWanted ? together(world, command) : undefined;
    case "rotate":
      return remote.rotate(DOCUMENTS[command.document] ?? "");
    case "token":
      if (world.tokens >= MAX_TOKENS) return undefined;
      world.tokens++;
      return remote.rotateToken(command.identity);
    case "lapse":
      await clock.pass(REOPEN_MS);
      await resync(world);
      remote.lapse(command.connection);
      return model.lapsed(command.connection);
    case "relink":
      clients.links[command.place]?.set(command.name, DOCUMENTS[command.document] ?? "");
      return clients.changed();
    case "wanted":
      clients.isWanted = command.is;
      clients.changed();
      return resync(world);
    case "restart":
      clients.restart();
      world.tokens = 0;
      return model.restarted();
    case "pass":
      await clock.pass(command.ms);
      return resync(world);
    default:
      return clients.isWanted ? administer(world, command) : refused(world, command.client);
  }
}

type Administration = Extract<
  Command,
  { do: "reset" | "ttl" | "edit" | "sign-in" | "disconnect" | "connect" | "logout" }
>;

async function administer(world: World, command: Administration): Promise<void> {
  const { clients, clock, model } = world;
  const { client } = command;
  switch (command.do) {
    case "reset":
      return reset(world, client, command.scope);
    case "ttl":
      clients.ttlMinutes = command.minutes;
      clients.changed();
      expectAnswer(world, "G7", await one(world, client, "ttl", {}), { ttl: command.minutes });
      return model.setTtl(command.minutes * 60_000);
    case "sign-in":
      if (clients.forgotten.has(command.connection)) return undefined;
      if (await signIn(world, command, {})) connected(world, command.connection);
      return undefined;
    case "connect": {
      const { connection } = command;
      if (!model.disconnected.has(connection)) return undefined;
      const proposed = { provider: "model", options: { url: connection } };
      if (!(await signIn(world, command, { proposed }))) return undefined;
      connected(world, connection);
      await one(world, client, "status", {});
      await clock.pass(PROPOSAL_MS);
      return resync(world);
    }
    case "edit":
      return connected(world, command.connection);
    case "disconnect":
      return model.disconnected.has(command.connection) ? undefined : disconnect(world, command);
    case "logout":
      await one(world, client, "logout", command.connection === undefined ? {} : { connection: command.connection });
      for (const name of command.connection === undefined ? CONNECTIONS : [command.connection]) model.ended(name);
  }
}

async function disconnect(world: World, command: Extract<Command, { do: "disconnect" }>): Promise<void> {
  const { clients, model, violations } = world;
  const { client, connection, forgets } = command;
  await one(world, client, "disconnect", { connection });
  // At once, before the files say so.
  const read = outcomesOf(await one(world, client, "resolve", { names: [`${connection}://d0`] }));
  expectSame(violations, "G5: after a disconnect", read, [{ code: "unresolved" }]);
  model.disconnected.add(connection);
  clients.disconnected.add(connection);
  if (forgets) clients.forgotten.add(connection);
  clients.changed();
  model.ended(connection);
}

/** The configuration has a connection again. */
function connected({ clients, model }: World, connection: ConnectionName): void {
  model.disconnected.delete(connection);
  clients.forgotten.delete(connection);
  if (clients.disconnected.delete(connection)) clients.changed();
}

async function get(world: World, command: Extract<Command, { do: "get" }>): Promise<void> {
  const { clients, model } = world;
  const { answer, client, names, refresh } = command;
  if (!clients.isWanted) return refused(world, client);
  start(world);
  const asking = askingOf(world, client, answer, refresh);
  const expected = model.resolve(
    names.map((name) => clients.documentOf(client, name)),
    asking,
  );
  const answered = await one(world, client, "resolve", { names, refresh, interactive: answer !== undefined }, answer);
  check(world, expected, outcomesOf(answered));
}

async function signIn(
  world: World,
  {
    answer,
    client,
    connection,
  }: { readonly answer: Answer; readonly client: number; readonly connection: ConnectionName },
  more: object,
): Promise<boolean> {
  const { clients, model, violations } = world;
  start(world);
  const answered = await one(world, client, "open", { connection, interactive: true, ...more }, answer);
  const isOpen = "answer" in answered;
  if (isOpen !== (answer === "right")) violations.push(`G4: ${answer}, and ${JSON.stringify(answered)}`);
  if (clients.takePrompts() !== 1) violations.push("G4: the person is not asked once");
  if (isOpen) model.signedIn(connection, envKey(world, client), "cyd", true);
  return isOpen;
}

async function reset(world: World, client: number, scope: Extract<Command, { do: "reset" }>["scope"]): Promise<void> {
  const { clients, model } = world;
  const isLink = (LINKS as readonly string[]).includes(scope);
  const document = clients.documentOf(client, scope);
  const parameters = scope === "all" ? {} : isLink ? { name: scope } : { connection: scope };
  await one(world, client, "reset", parameters);
  model.reset((held) => scope === "all" || (isLink ? held === document : connectionOf(held) === scope));
}

/** While the configuration says that there is to be no agent, nothing is answered. */
async function refused(world: World, client: number): Promise<void> {
  const answered = await one(world, client, "status", {});
  if (!("code" in answered) || answered.reason !== "agent-off") world.violations.push("G9: answers, though not wanted");
}

/** Sessions end with time: the agent says which did, within what can be. */
async function resync(world: World): Promise<void> {
  const { clients, model, remote, setting, violations } = world;
  if (setting.lifeMinutes === 0 || !clients.isWanted) return;
  for (const client of CLIENTS.keys()) {
    const answered = await one(world, client, "status", {});
    const connections = "answer" in answered ? (answered.answer["connections"] as readonly Message[]) : [];
    for (const { identity, name, state } of connections) {
      const known = model.of(name as ConnectionName, envKey(world, client));
      const { session } = known;
      if (session === undefined) continue;
      if (state !== "ready") {
        known.needsPerson = session.byPerson;
        known.session = undefined;
      } else if (identity !== session.identity)
        violations.push(`G1: ${String(identity)} instead of ${session.identity}`);
    }
  }
  remote.take();
}
