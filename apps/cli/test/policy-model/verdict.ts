import { adminsUnder, type Standing, Standings } from "./oracle.ts";
import type { Command } from "./commands.ts";
import type { User, World } from "./state.ts";

/** A command that somebody gives. */
export type Given = Exclude<Extract<Command, { readonly by: unknown }>, { readonly do: "roles" | "expire" }>;

/** What the documentation says of a command, before it is given. */
export type Verdict = {
  /** The vault where somebody has to sign in, since its roles decide. */
  readonly proofAt?: string;
} & ({ readonly isAllowed: true } | { readonly isAllowed: false; readonly code: string; readonly reason?: string });

const ALLOWED: Verdict = { isAllowed: true };
const refused = (code: string, reason?: string): Verdict => ({
  isAllowed: false,
  code,
  ...(reason !== undefined && { reason }),
});
const BY_POLICY = refused("forbidden", "policy");
const ADMINS_ONLY = refused("forbidden", "admin-only");

/** What a name that does not count is refused with. */
const CLOSED = {
  ended: refused("unresolved", "disconnected"),
  refused: BY_POLICY,
  untrusted: refused("unresolved", "untrusted"),
  unknown: refused("unresolved", "unknown-connection"),
};

export function verdictOn(world: World, user: User, command: Given): Verdict {
  const standings = new Standings(world, user);
  const { policy } = world;
  switch (command.do) {
    case "connect": {
      const { kind, name } = command;
      if (standings.find(name)?.origin === "policy" || policy?.disconnected?.includes(name) === true) return BY_POLICY;
      if (standings.isFull(kind, name, policy)) return BY_POLICY;
      const former = user.user.connections?.[name];
      return former === undefined || former.provider === kind ? ALLOWED : refused("invalid_config");
    }
    case "reauth":
      return standings.find(command.name) === undefined ? CLOSED[standings.closed(command.name)] : ALLOWED;
    case "disconnect":
      return onDisconnect(world, user, { ...command, standings });
    case "disconnect-link": {
      const name = connectionOf(user, command.link);
      if (name === undefined) return refused("unresolved", "unlinked");
      return onDisconnect(world, user, { name, yes: command.yes, standings, isByLink: true });
    }
    case "logout":
      // Of what does not count nobody has credentials, but what nobody knows has a wrong name.
      return command.name === undefined || isKnown(standings, command.name) ? ALLOWED : CLOSED.unknown;
    case "ttl":
      return command.minutes > (policy?.limits?.maxTtlMinutes ?? Infinity) ? BY_POLICY : ALLOWED;
    case "get": {
      const name = connectionOf(user, command.link);
      return name === undefined ? refused("unresolved", "unlinked") : onRead(user, name, standings);
    }
    case "link":
      if (connectionOf(user, command.link) !== undefined) return refused("invalid_config");
      return isKnown(standings, command.name) ? ALLOWED : CLOSED.unknown;
    case "relink":
      if (connectionOf(user, command.link) === undefined) return refused("unresolved", "unlinked");
      if (command.verify) return onRead(user, command.name, standings);
      return isKnown(standings, command.name) ? ALLOWED : CLOSED.unknown;
    case "list":
    case "status":
      return ALLOWED;
  }
}

/** What a read of a connection's is refused with. */
export function onRead({ user }: User, name: string, standings: Standings): Verdict {
  if (standings.find(name) === undefined) return CLOSED[standings.closed(name)];
  return user.disconnected?.includes(name) === true ? CLOSED.ended : ALLOWED;
}

/** The connection that a link is of. */
export function connectionOf({ project }: User, link: string): string | undefined {
  const reference = project.links?.[link];
  return typeof reference === "string" ? reference.slice(0, reference.indexOf(":")) : undefined;
}

const isKnown = (standings: Standings, name: string): boolean =>
  standings.find(name) !== undefined || standings.closed(name) !== "unknown";

/** What there is may be disconnected, whether it is trusted or not. */
function knownTo(standings: Standings, name: string): Verdict {
  if (standings.find(name) !== undefined || standings.closed(name) === "untrusted") return ALLOWED;
  return CLOSED[standings.closed(name)];
}

function onDisconnect(
  world: World,
  user: User,
  about: { readonly name: string; readonly yes: boolean; readonly standings: Standings; readonly isByLink?: boolean },
): Verdict {
  const { name, standings } = about;
  const found = standings.find(name);
  const known = knownTo(standings, name);
  if (!known.isAllowed) {
    // Of what nobody knows, a link does not tell that it is a connection.
    return about.isByLink === true && known === CLOSED.unknown ? refused("usage") : known;
  }
  if (found?.isTeams !== true || world.policy === undefined) return about.yes ? ALLOWED : refused("usage");
  const { names, proof } = adminsUnder(world.policy);
  const { who } = user.person;
  if (proof === "file" && who !== "owner" && !names.includes(who)) return ADMINS_ONLY;
  // Nobody is there to be asked.
  if (!about.yes) return refused("usage");
  return proof === "file" ? ALLOWED : byRoles(world, user, found, names);
}

/** Decided by the roles of the session there is, else of one that is opened to see them. */
function byRoles({ vaults }: World, { index }: User, { kind, url }: Standing, names: readonly string[]): Verdict {
  const sessions = vaults.open(index, url);
  const roles = sessions.length > 0 ? sessions.flatMap((session) => session.roles) : vaults.roles[index];
  const isAdmin = kind === "hashicorp" && roles.some((role) => names.includes(role));
  if (sessions.length > 0) return isAdmin ? ALLOWED : ADMINS_ONLY;
  if (vaults.isDown) return { isAllowed: false, code: "unavailable", proofAt: url };
  return { ...(isAdmin ? ALLOWED : ADMINS_ONLY), proofAt: url };
}
