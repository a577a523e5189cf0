import { type Command, CONNECTIONS } from "./commands.ts";
import { askingOf, expectSame, one, outcomesOf, start } from "./asking.ts";
import type { World } from "./state.ts";

/**
 * Several terminals ask at once, each with a person. Of those that need the same, one signs in and one read is sent; whose
 * person types the right token is not refused because another's declined.
 */
export async function together(world: World, command: Extract<Command, { do: "together" }>): Promise<void> {
  const { clients, model, remote, violations } = world;
  const { answers, names } = command;
  const answerOf = (client: number): "right" | "declined" => answers[client] ?? "right";
  const mayDecline = command.clients.some((client) => answerOf(client) === "declined");
  start(world);
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  remote.gate = gate;
  const asked = command.clients.map(async (client) => ({
    client,
    outcomes: outcomesOf(await clients.ask(client, "resolve", { names, interactive: true }, answerOf(client))),
  }));
  await clients.settle();
  remote.gate = undefined;
  open();
  const answered = await clients.settled(asked);
  const made = { logins: [] as string[], reads: [] as string[], prompts: 0 };
  // The model does not know whose person is asked first: who declines may be asked, or have what another signed in to.
  const isRight = ({ client }: { readonly client: number }): boolean => answerOf(client) === "right";
  for (const each of [...answered.filter(isRight), ...answered.filter((other) => !isRight(other))]) {
    if (!isRight(each) && "code" in each.outcomes && each.outcomes.code === "aborted") continue;
    const documents = names.map((name) => clients.documentOf(each.client, name));
    const expected = model.resolve(documents, askingOf(world, each.client, answerOf(each.client), false));
    made.logins.push(...expected.logins);
    made.reads.push(...expected.reads);
    made.prompts += expected.prompts;
    expectSame(violations, "G5: outcomes together", each.outcomes, expected.outcomes);
  }
  const { logins, reads } = remote.take();
  const prompts = clients.takePrompts();
  if (mayDecline) return forget(world);
  expectSame(violations, "G6: logins together", logins.toSorted(), made.logins.toSorted());
  // Without a cache, whoever comes after a read has ended reads again.
  const counted = (all: readonly string[]): readonly string[] => (model.ttlMs > 0 ? all : [...new Set(all)]).toSorted();
  expectSame(violations, "G6: reads together", counted(reads), counted(made.reads));
  expectSame(violations, "G6: prompts together", prompts, made.prompts);
}

/** Whoever declined has signed in and read where nobody had to be asked: what is open and kept is not known. */
async function forget(world: World): Promise<void> {
  await one(world, 0, "logout", {});
  for (const connection of CONNECTIONS) world.model.ended(connection);
}
