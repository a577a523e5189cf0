import { LINKS, type Link } from "./commands.ts";
import { perform } from "./perform.ts";
import type { Outcome, User, World } from "./state.ts";
import { connectionOf, type Given } from "./verdict.ts";

/** Whoever is refused at one door to a connection is refused at the other in the same words. */
export async function checkDoors(
  world: World,
  user: User,
  { command, outcome }: { readonly command: Given; readonly outcome: Extract<Outcome, { code: string }> },
): Promise<void> {
  // The others are told what to type, or what nobody knows.
  if (outcome.code !== "forbidden" || command.do !== "disconnect") return;
  const link = LINKS.find((one) => connectionOf(user, one) === command.name);
  if (link === undefined) return;
  const other = await perform(world, user, { ...command, do: "disconnect-link", link: link satisfies Link });
  if (JSON.stringify(other) === JSON.stringify(outcome)) return;
  world.violations.push(`P6: ${JSON.stringify(outcome)} by name, ${JSON.stringify(other)} by ${link}.`);
}
