import { matches } from "./match.ts";

/** Which requests a fault hits. */
interface FaultTarget {
  /** A pattern, see `matches`. */
  readonly on: string;
  /** For how many requests; until cleared without it. */
  readonly times?: number;
}

/** Faults that stand in for the answer. `when: "after"` does what was asked first, and loses the answer. */
export type ReplacingFault = { readonly when?: "before" | "after" } & (
  | { readonly kind: "throttle"; readonly retryAfter?: string | number }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "hang"; readonly at?: "headers" | "body" }
  | { readonly kind: "drop" }
  | { readonly kind: "html"; readonly status?: number }
  | { readonly kind: "empty"; readonly status?: number }
  | { readonly kind: "redirect"; readonly to: string; readonly status?: number }
  | { readonly kind: "invalid-json" }
);

/** Faults that spoil the real answer: what was asked is always done. */
export type SpoilingFault =
  | { readonly kind: "cut" }
  | { readonly kind: "drip"; readonly everyMs?: number }
  | { readonly kind: "slow"; readonly afterMs: number }
  | { readonly kind: "truncated" }
  | { readonly kind: "oversize"; readonly bytes?: number }
  | { readonly kind: "content-type"; readonly type?: string };

export type FaultKind = ReplacingFault["kind"] | SpoilingFault["kind"];
export type FaultSpec = FaultTarget & (ReplacingFault | SpoilingFault);

/** A fault that was set. */
export interface FaultHandle {
  /** Requests it has hit so far. */
  readonly hits: number;
  clear(): void;
}

/** The faults of one server, oldest first. */
export interface FaultBook {
  add(spec: FaultSpec): FaultHandle;
  clear(): void;
  /** The fault for this request, counted as a hit. */
  take(method: string, path: string, route: string): FaultSpec | undefined;
}

const SPOILING: ReadonlySet<string> = new Set<SpoilingFault["kind"]>([
  "cut",
  "drip",
  "slow",
  "truncated",
  "oversize",
  "content-type",
]);
const REPLACING: ReadonlySet<string> = new Set<ReplacingFault["kind"]>([
  "throttle",
  "status",
  "hang",
  "drop",
  "html",
  "empty",
  "redirect",
  "invalid-json",
]);

/** Whether a fault needs the real answer. */
export function isSpoiling(fault: ReplacingFault | SpoilingFault): fault is SpoilingFault {
  return SPOILING.has(fault.kind);
}

export function createFaults(): FaultBook {
  let active: { spec: FaultSpec; left: number; hits: number }[] = [];
  return {
    add: (spec) => {
      // Specs also arrive as JSON over the control port, where no compiler has seen them.
      if (!SPOILING.has(spec.kind) && !REPLACING.has(spec.kind)) throw new TypeError("There is no fault of that kind.");
      if (typeof spec.on !== "string") throw new TypeError("A fault needs `on`: which requests it hits.");
      const entry = { spec, left: spec.times ?? Number.POSITIVE_INFINITY, hits: 0 };
      active.push(entry);
      return {
        get hits() {
          return entry.hits;
        },
        clear: () => {
          active = active.filter((other) => other !== entry);
        },
      };
    },
    clear: () => {
      active = [];
    },
    take: (method, path, route) => {
      const entry = active.find(({ spec, left }) => left > 0 && matches(spec.on, method, path, route));
      if (!entry) return undefined;
      entry.left -= 1;
      entry.hits += 1;
      return entry.spec;
    },
  };
}
