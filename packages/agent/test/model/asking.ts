import type { Message } from "../../src/protocol/frame.ts";
import { type Answered, CLIENTS } from "./clients.ts";
import type { Answer } from "./commands.ts";
import type { Asking, Expected, Outcome } from "./expected.ts";
import type { World } from "./state.ts";

/** Nothing that happened before counts. */
export function start({ clients, remote }: World): void {
  remote.take();
  clients.takePrompts();
}

export function askingOf(world: World, client: number, answer: Answer | undefined, refresh: boolean): Asking {
  return { env: envKey(world, client), identity: CLIENTS[client]?.identity, answer, refresh };
}

export const envKey = ({ clients }: World, client: number): string => clients.envOf(client)["TOKEN"] ?? "";

export async function one(world: World, ...request: Parameters<World["clients"]["ask"]>): Promise<Answered> {
  const [answered] = await world.clients.settled([world.clients.ask(...request)]);
  return answered as Answered;
}

export function outcomesOf(answered: Answered): Expected["outcomes"] {
  if ("code" in answered) return { code: answered.code };
  return (answered.answer["items"] as readonly Message[]).map(({ b64, error }): Outcome =>
    typeof b64 === "string"
      ? { text: Buffer.from(b64, "base64").toString() }
      : { code: (error as { readonly code: string }).code },
  );
}

export function check(
  { clients, remote, violations }: World,
  expected: Expected,
  outcomes: Expected["outcomes"],
): void {
  const asked = remote.take();
  expectSame(violations, "G1: outcomes", outcomes, expected.outcomes);
  expectSame(violations, "G2: logins", asked.logins.toSorted(), expected.logins.toSorted());
  expectSame(violations, "G3: reads", asked.reads.toSorted(), expected.reads.toSorted());
  expectSame(violations, "G4: prompts", clients.takePrompts(), expected.prompts);
}

export function expectAnswer({ violations }: World, rule: string, answered: Answered, wanted: object): void {
  expectSame(violations, rule, "answer" in answered ? answered.answer : answered, wanted);
}

export function expectSame(violations: string[], rule: string, found: unknown, wanted: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (is !== should) violations.push(`${rule}: ${is} instead of ${should}`);
}
