import type { Change } from "../config/change.ts";
import type { Schema } from "../config/schema/types.ts";

/** A provider's code as its user agreed to run it. */
export interface Pin {
  /** Of all its files. */
  readonly sha256: string;
  readonly version?: string;
  /** As the lockfile had it. */
  readonly integrity?: string;
}

/** By what `Inspected.key` says. */
export type Pins = Readonly<Record<string, Pin>>;

/** The part of the trust list that holds pins. */
export const pinsSchema: Schema = {
  type: "object",
  additionalProperties: {
    type: "object",
    properties: {
      sha256: { type: "string", pattern: "^[0-9a-f]{64}$" },
      version: { type: "string" },
      integrity: { type: "string" },
    },
    required: ["sha256"],
    additionalProperties: false,
  },
};

/** The pin of a key, if there is one. */
export const pinOf = (pins: Pins, key: string): Pin | undefined => (Object.hasOwn(pins, key) ? pins[key] : undefined);

/** The edit of the trust list that pins a provider's code. */
export const pinning = (key: string, pin: Pin): Change => ({ keys: ["providers", key], value: pin });
