import { type Arbitrary, array, boolean, constant, constantFrom, nat, oneof, record } from "fast-check";
import type { Disturbance } from "./remote.ts";

/** What may happen next to a program whose values change. */
export type Command =
  | { readonly do: "put" }
  | { readonly do: "get"; readonly name: "X" | "L" }
  | { readonly do: "use"; readonly name: "X" | "L"; readonly times: number; readonly other: boolean }
  | { readonly do: "pass"; readonly ms: number }
  | { readonly do: "disturb"; readonly by: Disturbance }
  | { readonly do: "calm" }
  | { readonly do: "delay"; readonly ms: number }
  | { readonly do: "break" }
  | { readonly do: "apply"; readonly fails: boolean; readonly ms: number }
  | { readonly do: "relink" }
  | { readonly do: "quiet" };

/** What differs between worlds. */
export interface Setting {
  readonly refreshAhead: number;
  /** Whether a pool takes the values of `L`; else somebody only watches it. */
  readonly rotatesLease: boolean;
  readonly chance: number;
}

const name = constantFrom("X" as const, "L" as const);
const ms = constantFrom(0, 0, 700);

const command: Arbitrary<Command> = oneof(
  { weight: 6, arbitrary: record({ do: constant("put" as const) }) },
  { weight: 4, arbitrary: record({ do: constant("get" as const), name }) },
  {
    weight: 8,
    arbitrary: record({
      do: constant("use" as const),
      name,
      times: nat({ max: 3 }),
      other: constantFrom(false, false, true),
    }),
  },
  {
    weight: 8,
    arbitrary: record({
      do: constant("pass" as const),
      ms: constantFrom(300, 2000, 11_000, 61_000, 130_000, 1_700_000),
    }),
  },
  {
    weight: 2,
    arbitrary: record({
      do: constant("disturb" as const),
      by: constantFrom<Disturbance[]>("unavailable", "throttled", "denied", "not_found"),
    }),
  },
  { weight: 3, arbitrary: record({ do: constant("calm" as const) }) },
  { weight: 2, arbitrary: record({ do: constant("delay" as const), ms }) },
  { weight: 1, arbitrary: record({ do: constant("break" as const) }) },
  { weight: 2, arbitrary: record({ do: constant("apply" as const), fails: boolean(), ms }) },
  { weight: 2, arbitrary: record({ do: constant("relink" as const) }) },
  { weight: 3, arbitrary: record({ do: constant("quiet" as const) }) },
);

export const histories: Arbitrary<readonly Command[]> = array(command, { minLength: 20, maxLength: 50, size: "max" });

export const settings: Arbitrary<Setting> = record({
  refreshAhead: constantFrom(0, 0.3),
  rotatesLease: boolean(),
  chance: nat({ max: 999_999 }),
});
