import { type Arbitrary, array, boolean, constant, constantFrom, nat, oneof, record, subarray } from "fast-check";

export const CONNECTIONS = ["a", "b"] as const;
export type ConnectionName = (typeof CONNECTIONS)[number];

/** The links of each place. Which document each leads to may differ. */
export const LINKS = ["N0", "N1", "N2", "N3"] as const;

/** Two documents of each connection. */
export const DOCUMENTS = ["a://d0", "a://d1", "b://d0", "b://d1"] as const;

/** What a person does who is asked for a token. */
export type Answer = "right" | "wrong" | "declined";

/** What may happen next to an agent. `client` is a number; see `CLIENTS`. */
export type Command =
  | {
      readonly do: "get";
      readonly client: number;
      readonly names: readonly string[];
      readonly refresh: boolean;
      readonly answer: Answer | undefined;
    }
  | {
      readonly do: "together";
      readonly clients: readonly number[];
      readonly names: readonly string[];
      readonly answers: readonly Exclude<Answer, "wrong">[];
    }
  | { readonly do: "rotate"; readonly document: number }
  | { readonly do: "token"; readonly identity: "ada" | "ben" }
  | { readonly do: "lapse"; readonly connection: ConnectionName }
  | { readonly do: "reset"; readonly client: number; readonly scope: "all" | ConnectionName | (typeof LINKS)[number] }
  | { readonly do: "ttl"; readonly client: number; readonly minutes: number }
  | { readonly do: "relink"; readonly place: number; readonly name: string; readonly document: number }
  | { readonly do: "sign-in"; readonly client: number; readonly connection: ConnectionName; readonly answer: Answer }
  | {
      readonly do: "disconnect";
      readonly client: number;
      readonly connection: ConnectionName;
      readonly forgets: boolean;
    }
  | { readonly do: "connect"; readonly client: number; readonly connection: ConnectionName; readonly answer: Answer }
  | { readonly do: "edit"; readonly client: number; readonly connection: ConnectionName }
  | { readonly do: "logout"; readonly client: number; readonly connection: ConnectionName | undefined }
  | { readonly do: "wanted"; readonly is: boolean }
  | { readonly do: "restart" }
  | { readonly do: "pass"; readonly ms: number };

/** What differs between worlds. */
export interface Setting {
  readonly ttlMinutes: number;
  /** Minutes that a session lasts; 0: for ever. */
  readonly lifeMinutes: number;
}

const client = nat({ max: 4 });
const connection = constantFrom(...CONNECTIONS);
const answer = constantFrom<Answer[]>("right", "right", "wrong", "declined");
const names = subarray([...LINKS], { minLength: 1 });
const document = nat({ max: DOCUMENTS.length - 1 });

const command: Arbitrary<Command> = oneof(
  {
    weight: 16,
    arbitrary: record({
      do: constant("get" as const),
      client,
      names,
      refresh: constantFrom(false, false, false, true),
      answer: constantFrom<Array<Answer | undefined>>(undefined, "right", "right", "wrong", "declined"),
    }),
  },
  {
    weight: 5,
    arbitrary: record({
      do: constant("together" as const),
      clients: subarray([0, 1, 2, 3, 4], { minLength: 2 }),
      names,
      answers: array(constantFrom("right" as const, "right" as const, "declined" as const), {
        minLength: 5,
        maxLength: 5,
      }),
    }),
  },
  { weight: 5, arbitrary: record({ do: constant("rotate" as const), document }) },
  {
    weight: 2,
    arbitrary: record({ do: constant("token" as const), identity: constantFrom("ada" as const, "ben" as const) }),
  },
  { weight: 2, arbitrary: record({ do: constant("lapse" as const), connection }) },
  {
    weight: 4,
    arbitrary: record({
      do: constant("reset" as const),
      client,
      scope: constantFrom("all" as const, ...CONNECTIONS, ...LINKS),
    }),
  },
  { weight: 2, arbitrary: record({ do: constant("ttl" as const), client, minutes: constantFrom(0, 5, 60) }) },
  {
    weight: 3,
    arbitrary: record({
      do: constant("relink" as const),
      place: nat({ max: 1 }),
      name: constantFrom(...LINKS),
      document,
    }),
  },
  { weight: 3, arbitrary: record({ do: constant("sign-in" as const), client, connection, answer }) },
  { weight: 2, arbitrary: record({ do: constant("disconnect" as const), client, connection, forgets: boolean() }) },
  { weight: 5, arbitrary: record({ do: constant("connect" as const), client, connection, answer }) },
  { weight: 1, arbitrary: record({ do: constant("edit" as const), client, connection }) },
  {
    weight: 2,
    arbitrary: record({ do: constant("logout" as const), client, connection: constantFrom(undefined, ...CONNECTIONS) }),
  },
  { weight: 1, arbitrary: record({ do: constant("wanted" as const), is: boolean() }) },
  { weight: 1, arbitrary: record({ do: constant("restart" as const) }) },
  {
    weight: 6,
    arbitrary: record({ do: constant("pass" as const), ms: constantFrom(1000, 31_000, 61_000, 290_000, 3_601_000) }),
  },
);

export const histories: Arbitrary<readonly Command[]> = array(command, { minLength: 20, maxLength: 50, size: "max" });

export const settings: Arbitrary<Setting> = record({
  ttlMinutes: constantFrom(0, 5, 60, 60),
  lifeMinutes: constantFrom(0, 0, 20),
});
