import { type Arbitrary, array, boolean, constantFrom, nat, oneof, record, constant } from "fast-check";

/** How the vault answers a read. `now`: with what it holds as it lands, else with what it held when it was asked. */
export type Outcome =
  | "ok"
  | "now"
  | "unavailable"
  | "throttled"
  | "throttled-5s"
  | "denied"
  | "not_found"
  | "unusable"
  | "unauthenticated"
  | "internal";

/** How the vault answers a login. */
export type Login = "A" | "B" | "nameless" | "refused" | "unavailable" | "hang";

/** What the world may do next. */
export type Command =
  | { readonly do: "get"; readonly name: number; readonly refresh: boolean; readonly allowStale: boolean }
  | { readonly do: "getMany"; readonly names: readonly number[] }
  | { readonly do: "land"; readonly at: number; readonly outcomes: readonly Outcome[]; readonly whole: boolean }
  | { readonly do: "landAll"; readonly outcome: Outcome }
  | { readonly do: "pass"; readonly ms: number }
  | { readonly do: "edge"; readonly short: number }
  | { readonly do: "wall"; readonly ms: number }
  | { readonly do: "suspend"; readonly ms: number; readonly hidden: boolean }
  | { readonly do: "rotate"; readonly doc: number }
  | { readonly do: "reset"; readonly scope: "all" | "connection" | number }
  | { readonly do: "relink"; readonly name: number; readonly doc: number; readonly verify: boolean }
  | { readonly do: "ttl"; readonly minutes: number }
  | { readonly do: "login"; readonly login: Login }
  | { readonly do: "landOpen"; readonly login: Login }
  | { readonly do: "lapse" }
  | { readonly do: "disconnect" }
  | { readonly do: "connect"; readonly person: boolean; readonly login: Login }
  | { readonly do: "close" }
  | { readonly do: "abort"; readonly at: number }
  | { readonly do: "storm" };

/** What differs between worlds. */
export interface Setting {
  readonly ttl: number;
  readonly staleOnError: number;
  readonly serve: boolean;
  readonly batch: boolean;
  readonly few: boolean;
  /** Seconds that credentials last; 0 for ever. */
  readonly life: number;
  readonly renews: boolean;
  /** Whose credentials a renewal brings; absent: it says only until when. */
  readonly renewedAs: "A" | "B" | undefined;
  /** Whether documents `d0` and `d1` are spellings of one secret. */
  readonly spelled: boolean;
  readonly chance: number;
}

const small = nat({ max: 7 });
const outcome: Arbitrary<Outcome> = oneof(
  { weight: 8, arbitrary: constantFrom("ok", "now") },
  {
    weight: 6,
    arbitrary: constantFrom(
      "unavailable",
      "throttled",
      "throttled-5s",
      "denied",
      "not_found",
      "unusable",
      "unauthenticated",
      "internal",
    ),
  },
);
const login: Arbitrary<Login> = constantFrom("A", "A", "B", "nameless", "refused", "unavailable", "hang");

/** What asks and answers; what moves time; what a user does. */
const command: Arbitrary<Command> = oneof(
  { weight: 14, arbitrary: of("get", { name: small, refresh: rarely(4), allowStale: boolean() }) },
  { weight: 4, arbitrary: of("getMany", { names: array(small, { minLength: 1, maxLength: 5 }) }) },
  {
    weight: 12,
    arbitrary: of("land", {
      at: small,
      outcomes: array(outcome, { minLength: 3, maxLength: 3 }),
      whole: rarely(6),
    }),
  },
  { weight: 8, arbitrary: of("landAll", { outcome }) },
  {
    weight: 6,
    arbitrary: of("pass", { ms: constantFrom(50, 400, 1500, 4000, 9000, 10_000, 31_000, 61_000, 1_005_000) }),
  },
  { weight: 4, arbitrary: of("edge", { short: constantFrom(0, 0, 1, 2000, -1) }) },
  { weight: 2, arbitrary: of("wall", { ms: constantFrom(-1_000_000, -3000, 50_000, 100_000_000) }) },
  { weight: 2, arbitrary: of("suspend", { ms: constantFrom(40_700, 701_700, 7_307_300), hidden: boolean() }) },
  { weight: 6, arbitrary: of("rotate", { doc: small }) },
  {
    weight: 4,
    arbitrary: of("reset", { scope: oneof(constantFrom("all" as const, "connection" as const), small) }),
  },
  { weight: 3, arbitrary: of("relink", { name: small, doc: small, verify: boolean() }) },
  { weight: 2, arbitrary: of("ttl", { minutes: constantFrom(0, 1, 3, 60) }) },
  { weight: 2, arbitrary: of("login", { login }) },
  { weight: 2, arbitrary: of("landOpen", { login }) },
  { weight: 2, arbitrary: of("lapse", {}) },
  { weight: 1, arbitrary: of("disconnect", {}) },
  { weight: 4, arbitrary: of("connect", { person: boolean(), login }) },
  { weight: 3, arbitrary: of("abort", { at: small }) },
  { weight: 1, arbitrary: oneof(of("storm", {}), of("storm", {}), of("close", {})) },
);

/** Long histories: short ones let mutants live. */
export const histories: Arbitrary<readonly Command[]> = array(command, {
  minLength: 40,
  maxLength: 90,
  size: "max",
});

export const settings: Arbitrary<Setting> = record({
  ttl: constantFrom(0, 1, 1, 60),
  staleOnError: constantFrom(0, 2, 30),
  serve: rarely(5),
  batch: boolean(),
  few: rarely(4),
  life: constantFrom(0, 0, 90),
  renews: boolean(),
  renewedAs: constantFrom(undefined, "A", "B"),
  spelled: rarely(3),
  chance: nat({ max: 999_999 }),
});

function of<const Name extends Command["do"], Rest extends object>(
  name: Name,
  rest: { [Member in keyof Rest]: Arbitrary<Rest[Member]> },
): Arbitrary<{ do: Name } & Rest> {
  return record({ do: constant(name), ...rest }) as Arbitrary<{ do: Name } & Rest>;
}

function rarely(oneIn: number): Arbitrary<boolean> {
  return nat({ max: oneIn - 1 }).map((number) => number === 0);
}
