import type { ConnectionEntry, UserContent } from "../../src/config/content.ts";
import type { PolicyContent } from "../../src/policy/content.ts";
import type { User, World } from "./state.ts";

/* What the documentation says of a machine's connections and limits (docs/site, guides/team), in words of the model's own. */

/** A connection that counts for a user. */
export interface Standing {
  readonly url: string;
  readonly kind: string;
  readonly origin: "policy" | "user" | "project";
  readonly isTeams: boolean;
}

/** Why a name leads to no vault. */
export type Closed = "ended" | "refused" | "untrusted" | "unknown";

const entriesOf = (connections: Readonly<Record<string, ConnectionEntry>> = {}): Array<[string, ConnectionEntry]> =>
  Object.entries(connections);

/** Which connections count for a user, and why others do not. */
export class Standings {
  readonly counting: ReadonlyMap<string, Standing>;
  readonly #closed: ReadonlyMap<string, Closed>;

  constructor(
    { policy, setting }: Pick<World, "policy" | "setting">,
    { project, user }: Pick<User, "project" | "user">,
  ) {
    const counting = new Map<string, Standing>();
    const closed = new Map<string, Closed>();
    for (const [name, entry] of entriesOf(policy?.connections)) {
      const isTeams = (entry["managedBy"] ?? (entry.provider === "hashicorp" ? "team" : "user")) === "team";
      counting.set(name, { ...placeOf(entry), origin: "policy", isTeams });
    }
    for (const name of policy?.disconnected ?? []) if (!counting.has(name)) closed.set(name, "ended");
    const own = entriesOf(user.connections).map(([name, entry]) => ({ name, entry, origin: "user" as const }));
    const projects = entriesOf(project.connections).map(([name, entry]) => ({
      name,
      entry,
      origin: "project" as const,
    }));
    for (const { entry, name, origin } of [...own, ...projects]) {
      // The first file that has a name decides, the policy before all.
      if (counting.has(name) || closed.has(name)) continue;
      if (origin === "project" && !setting.trusted) closed.set(name, "untrusted");
      else if (isFull(entry.provider as string, counting, policy)) closed.set(name, "refused");
      else counting.set(name, { ...placeOf(entry), origin, isTeams: false });
    }
    this.counting = counting;
    this.#closed = closed;
  }

  find(name: string): Standing | undefined {
    return this.counting.get(name);
  }

  /** Why a name that does not count does not. */
  closed(name: string): Closed {
    return this.#closed.get(name) ?? "unknown";
  }

  /** Whether a further connection of a kind would not count, beside all but the one of that name. */
  isFull(kind: string, name: string, policy: PolicyContent | undefined): boolean {
    return isFull(kind, new Map([...this.counting].filter(([other]) => other !== name)), policy);
  }
}

const placeOf = ({ provider, url }: ConnectionEntry): Pick<Standing, "kind" | "url"> => ({
  kind: provider as string,
  url: url as string,
});

function isFull(kind: string, counting: ReadonlyMap<string, Standing>, policy: PolicyContent | undefined): boolean {
  if (policy === undefined) return false;
  if (kind === "hashicorp" && policy.hashicorp?.personal !== "allow") return true;
  const most = policy.limits?.maxPerProvider ?? Infinity;
  return [...counting.values()].filter((one) => one.kind === kind).length >= most;
}

/** What a user's settings come to under the policy. */
export interface Effective {
  readonly ttlMinutes: number;
  readonly staleMinutes: number;
  readonly refreshesAhead: boolean;
  readonly isAudited: boolean;
}

export function effective({ limits = {} }: Pick<PolicyContent, "limits"> = {}, user: UserContent): Effective {
  const { refreshAhead = 0, staleOnError = 0, ttl = 60 } = user.cache ?? {};
  return {
    ttlMinutes: Math.min(Number(ttl), limits.maxTtlMinutes ?? Infinity),
    staleMinutes: limits.staleOnError === "forbid" ? 0 : Number(staleOnError),
    refreshesAhead: limits.refreshAhead !== "forbid" && refreshAhead !== 0,
    isAudited: user.audit === true || limits.audit === "require",
  };
}

/** Who may disconnect what the team manages. */
export interface Admins {
  readonly proof: "vault" | "file";
  readonly names: readonly string[];
}

export function adminsUnder({ roles = {} }: Pick<PolicyContent, "roles">): Admins {
  const proof = roles.proof ?? "vault";
  const byDefault = proof === "vault" ? ["vaultlink-admin"] : [];
  return { proof, names: [...(roles.admin ?? byDefault), ...(roles.superAdmin ?? [])] };
}
