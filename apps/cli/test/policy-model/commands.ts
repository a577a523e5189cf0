import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  nat,
  oneof,
  option,
  record,
  subarray,
  tuple,
} from "fast-check";
import type { PolicyConnection, PolicyContent } from "../../src/policy/content.ts";

/** Names of connections; each may be the policy's, a user's and the project's. */
export const NAMES = ["mem", "own", "hcv", "far"] as const;
/** Kinds of vaults. Only sessions of `hashicorp` have roles. */
export const KINDS = ["memory", "second", "hashicorp"] as const;
/** Names of links. The first four are there from the beginning, one for each connection. */
export const LINKS = ["A", "B", "C", "D", "E"] as const;

export type Name = (typeof NAMES)[number];
export type Kind = (typeof KINDS)[number];
export type Link = (typeof LINKS)[number];
/** Which of the two users of the machine. */
export type By = 0 | 1;

/** A connection without its place. Each place has vaults of its own, so that a read tells whose connection it used. */
export interface Entry {
  readonly name: Name;
  readonly kind: Kind;
  /** Which of two vaults. */
  readonly variant: number;
}

/** What may happen next. */
export type Command =
  | ({ readonly do: "connect"; readonly by: By } & Entry)
  | { readonly do: "reauth"; readonly by: By; readonly name: Name }
  | { readonly do: "disconnect"; readonly by: By; readonly name: Name; readonly yes: boolean }
  | { readonly do: "disconnect-link"; readonly by: By; readonly link: Link; readonly yes: boolean }
  | { readonly do: "logout"; readonly by: By; readonly name: Name | undefined }
  | { readonly do: "ttl"; readonly by: By; readonly minutes: number }
  | { readonly do: "get"; readonly by: By; readonly link: Link }
  | { readonly do: "list"; readonly by: By }
  | { readonly do: "status"; readonly by: By }
  | { readonly do: "link"; readonly by: By; readonly link: Link; readonly name: Name }
  | { readonly do: "relink"; readonly by: By; readonly link: Link; readonly name: Name; readonly verify: boolean }
  | { readonly do: "policy"; readonly policy: PolicyContent | undefined }
  | { readonly do: "define"; readonly entry: Entry; readonly managedBy: "team" | "user" | undefined }
  | { readonly do: "roles"; readonly by: By; readonly roles: readonly string[] }
  | { readonly do: "expire"; readonly by: By }
  | { readonly do: "pass"; readonly minutes: number }
  | { readonly do: "outage"; readonly isDown: boolean };

/** What a user is to the operating system, and what their own file says at the beginning. */
export interface Person {
  readonly who: "owner" | "anna" | "ben";
  readonly roles: readonly string[];
  readonly own: readonly Entry[];
  readonly disconnected: readonly Name[];
  readonly cache: Readonly<Record<string, number>>;
  readonly audit: boolean;
}

/** What differs between worlds. */
export interface Setting {
  readonly people: readonly [Person, Person];
  readonly policy: PolicyContent | undefined;
  /** Connections of the project, and whether both users trust it. */
  readonly project: readonly Entry[];
  readonly trusted: boolean;
  /** Whether each user has an agent, which keeps sessions and values. */
  readonly agent: boolean;
  /** Whether users may write the policy: what an admin's disconnect needs to end it for everybody. */
  readonly writable: boolean;
}

/** The vault that a connection leads to. */
export const urlOf = (place: string, { name, variant }: Entry): string => `https://${place}-${name}-${variant}`;

/** Most is about one name of one user: what only shows when several things come together would else hardly be tried. */
const name: Arbitrary<Name> = constantFrom(...NAMES, "mem", "mem");
const link: Arbitrary<Link> = constantFrom(...LINKS, "A", "A", "A");
const by: Arbitrary<By> = constantFrom(0, 0, 0, 1);
const entry: Arbitrary<Entry> = record({ name, kind: constantFrom(...KINDS, "hashicorp"), variant: nat({ max: 1 }) });
const managedBy = constantFrom("team" as const, "team" as const, "user" as const, undefined);
const roles = subarray(["vaultlink-admin", "boss", "app"]);

/** Several connections, one of a name. */
const entries = (maxLength: number): Arbitrary<readonly Entry[]> =>
  array(entry, { maxLength }).map((all) => [...new Map(all.map((one) => [one.name, one])).values()]);

export function policyConnection(one: Entry, manager?: "team" | "user"): PolicyConnection {
  return { provider: one.kind, url: urlOf("policy", one), ...(manager && { managedBy: manager }) };
}

const connections: Arbitrary<Readonly<Record<string, PolicyConnection>>> = tuple(
  entries(3),
  array(managedBy, { minLength: 3, maxLength: 3 }),
).map(([all, managers]) => Object.fromEntries(all.map((one, at) => [one.name, policyConnection(one, managers[at])])));

const limits = sometimes({
  maxTtlMinutes: constantFrom(0, 5, 30, 90),
  maxPerProvider: constantFrom(0, 1, 1, 2, null),
  staleOnError: constantFrom("allow", "forbid", "forbid", "forbid"),
  refreshAhead: constantFrom("allow", "forbid", "forbid", "forbid"),
  audit: constantFrom("optional", "require"),
});

const someRoles = sometimes({
  proof: constantFrom("vault", "file"),
  admin: subarray(["anna", "vaultlink-admin"]),
  superAdmin: subarray(["ben", "boss"], { minLength: 1 }),
});

const policy: Arbitrary<PolicyContent> = sometimes({
  roles: someRoles,
  connections,
  hashicorp: sometimes({ personal: constantFrom("allow", "allow", "deny") }),
  limits,
  disconnected: subarray([...NAMES], { maxLength: 2 }),
}).map((content) => ({ version: 1, ...content }));

const command: Arbitrary<Command> = oneof(
  { weight: 3, arbitrary: record({ do: constant("connect" as const), by, ...entryParts() }) },
  { weight: 2, arbitrary: of("reauth", { by, name }) },
  { weight: 5, arbitrary: of("disconnect", { by, name, yes: mostly(5) }) },
  { weight: 4, arbitrary: of("disconnect-link", { by, link, yes: mostly(5) }) },
  { weight: 2, arbitrary: of("logout", { by, name: option(name, { nil: undefined }) }) },
  { weight: 2, arbitrary: of("ttl", { by, minutes: constantFrom(0, 5, 6, 30, 31, 60, 90, 91, 240) }) },
  { weight: 12, arbitrary: of("get", { by, link }) },
  { weight: 2, arbitrary: of("list", { by }) },
  { weight: 2, arbitrary: of("status", { by }) },
  { weight: 1, arbitrary: of("link", { by, link, name }) },
  { weight: 2, arbitrary: of("relink", { by, link, name, verify: mostly(3) }) },
  { weight: 1, arbitrary: of("policy", { policy: option(policy, { nil: undefined, freq: 5 }) }) },
  { weight: 2, arbitrary: of("define", { entry, managedBy }) },
  { weight: 1, arbitrary: of("roles", { by, roles }) },
  { weight: 1, arbitrary: of("expire", { by }) },
  { weight: 5, arbitrary: of("pass", { minutes: constantFrom(1, 4, 4, 20, 29, 70) }) },
  { weight: 2, arbitrary: of("outage", { isDown: boolean() }) },
);

export const histories: Arbitrary<readonly Command[]> = array(command, { minLength: 12, maxLength: 40, size: "max" });

const person = (index: number): Arbitrary<Person> =>
  record({
    who: index === 0 ? constantFrom("owner", "anna", "ben", "ben") : constantFrom("anna", "ben"),
    roles,
    own: entries(3),
    disconnected: subarray([...NAMES], { maxLength: 1 }),
    cache: sometimes({
      ttl: constantFrom(0, 10, 60, 120),
      staleOnError: constantFrom(0, 500, 500),
      refreshAhead: constantFrom(0, 0.4, 0.4),
    }) as Arbitrary<Person["cache"]>,
    audit: boolean(),
  });

export const settings: Arbitrary<Setting> = record({
  people: tuple(person(0), person(1)),
  policy: option(policy, { nil: undefined, freq: 7 }),
  project: entries(2),
  trusted: boolean(),
  agent: mostly(4),
  writable: mostly(4),
});

function entryParts(): { name: Arbitrary<Name>; kind: Arbitrary<Kind>; variant: Arbitrary<number> } {
  return { name, kind: constantFrom(...KINDS), variant: nat({ max: 1 }) };
}

function of<const Does extends Command["do"], Rest extends object>(
  does: Does,
  rest: { [Member in keyof Rest]: Arbitrary<Rest[Member]> },
): Arbitrary<{ do: Does } & Rest> {
  return record({ do: constant(does), ...rest }) as Arbitrary<{ do: Does } & Rest>;
}

/** Some of the members. */
function sometimes<Members extends object>(members: {
  [Member in keyof Members]: Arbitrary<Members[Member]>;
}): Arbitrary<Partial<Members>> {
  return record(members, { requiredKeys: [] }) as Arbitrary<Partial<Members>>;
}

function mostly(oneIn: number): Arbitrary<boolean> {
  return nat({ max: oneIn - 1 }).map((number) => number !== 0);
}
