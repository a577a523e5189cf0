import { isDeepStrictEqual } from "node:util";
import { valueOf } from "./model-vault.ts";
import { effective, Standings } from "./oracle.ts";
import type { User, World } from "./state.ts";
import type { Broken, Step } from "./step.ts";
import { connectionOf, onRead } from "./verdict.ts";

type Json = Readonly<Record<string, unknown>>;

interface Answered {
  readonly step: Step;
  readonly json: Json;
  readonly broken: Broken;
}

/** What an allowed command says is so. The files have been checked, and count. */
export function checkAnswer(world: World, user: User, answered: Answered): void {
  const { broken, step } = answered;
  const { command, standings } = step;
  switch (command.do) {
    case "get":
      return checkValue(world, user, { ...answered, link: command.link });
    case "list":
      return checkLinks(world, user, answered);
    case "status":
      return checkStatus(world, user, answered);
    case "ttl":
      return;
    case "disconnect":
    case "disconnect-link": {
      const name = command.do === "disconnect" ? command.name : (connectionOf(user, command.link) ?? "");
      const found = standings.find(name);
      if (found !== undefined && world.vaults.open(user.index, found.url).length > 0)
        broken("P2", "a session is left.");
      const everybody = found?.isTeams === true ? world.isWritable : undefined;
      if (answered.json["everybody"] !== everybody) broken("P2", "for whom it is disconnected is not said.");
      return;
    }
    case "logout": {
      const { name } = command;
      const url = name === undefined ? undefined : standings.find(name)?.url;
      const left = step.before.own[user.index]?.sessions.filter((one) => name !== undefined && one.url !== url) ?? [];
      if (!isDeepStrictEqual(world.vaults.open(user.index), left))
        broken("P5", "other sessions than the named were ended.");
      return;
    }
    default:
  }
}

/** A value is of the vault that counts, and no older than the policy lets it be. */
function checkValue(
  world: World,
  user: User,
  { broken, json, link, step }: Answered & { readonly link: string },
): void {
  const reference = user.project.links?.[link];
  const found = step.standings.find(connectionOf(user, link) ?? "");
  const path = typeof reference === "string" ? reference.slice(reference.indexOf("://") + 3) : "";
  if (json["value"] !== valueOf(found?.url ?? "", path)) broken("P4", `the value is not that of ${found?.url ?? ""}.`);
  const { isAudited, refreshesAhead, staleMinutes, ttlMinutes } = effective(world.policy, user.user);
  const ageMinutes = Number(json["ageMs"]) / 60_000;
  const reads = world.vaults.asked.slice(step.before.asked).filter(({ what }) => what === "read").length;
  if (json["source"] === "cache" && ageMinutes >= ttlMinutes) broken("P3", `it is older than ${ttlMinutes} minutes.`);
  if (json["source"] === "stale" && ageMinutes >= ttlMinutes + staleMinutes) {
    broken("P3", `it is stale, and older than ${staleMinutes} minutes more.`);
  }
  if (json["source"] === "stale" && staleMinutes === 0) broken("P3", "it is stale.");
  if (json["source"] === "cache" && reads > 0 && !refreshesAhead) broken("P3", "it was read ahead of its end.");
  const noted = (step.after.own[user.index]?.audited ?? 0) - (step.before.own[user.index]?.audited ?? 0);
  if (noted > 0 !== isAudited) broken("P3", `${noted} reads were noted.`);
}

/** Why a link cannot be read, as its row says. */
const REASONS = new Set(["disconnected", "forbidden", "untrusted", "unknown-connection"]);

function checkLinks(world: World, user: User, { broken, json }: Pick<Answered, "broken" | "json">): void {
  const standings = new Standings(world, user);
  const links = json["links"] as ReadonlyArray<{ readonly name: string; readonly reason?: string }>;
  if (links.length !== Object.keys(user.project.links ?? {}).length) broken("P2", "a link is missing.");
  for (const { name, reason } of links) {
    const verdict = onRead(user, connectionOf(user, name) ?? "", standings);
    const expected = verdict.isAllowed ? undefined : verdict.code === "forbidden" ? "forbidden" : verdict.reason;
    const told = reason !== undefined && REASONS.has(reason) ? reason : undefined;
    if (told !== expected) broken("P5", `the link ${name} is ${told ?? "usable"}, not ${expected ?? "usable"}.`);
  }
}

function checkStatus(world: World, user: User, { broken, json }: Answered): void {
  checkLinks(world, user, { broken, json });
  const { counting } = new Standings(world, user);
  const expected = [...counting].map(([name, { origin }]) => `${name} ${origin}`);
  const connections = json["connections"] as ReadonlyArray<{ readonly name: string; readonly origin?: string }>;
  const told = connections.map(({ name, origin }) => `${name} ${origin ?? ""}`);
  if (!isDeepStrictEqual(told.toSorted(), expected.toSorted())) {
    broken("P4", `${told.join(", ")} count, not ${expected.join(", ")}.`);
  }
  const { ttl } = json["cache"] as { readonly ttl: number };
  if (ttl !== effective(world.policy, user.user).ttlMinutes) broken("P3", `the TTL is ${ttl} minutes.`);
}
