import type { Answer } from "../kit/backend.ts";
import type { Ids } from "../kit/ids.ts";
import { seconds } from "./duration.ts";
import { childrenOf, type Engine } from "./engine.ts";
import { NOT_FOUND, reply } from "./envelope.ts";
import type { Fields } from "./seed.ts";
import { SYSTEM_MAX_TTL } from "./tokens.ts";

/** Key/value, version 1: one map a name, no history. */
export class Kv1 implements Engine {
  readonly type = "kv";
  readonly options: Readonly<Record<string, string>> = { version: "1" };
  readonly entries: Map<string, Fields>;
  readonly #ids: Ids;

  constructor(entries: Readonly<Record<string, Fields>>, ids: Ids) {
    this.entries = new Map(Object.entries(entries));
    this.#ids = ids;
  }

  route(operation: "read" | "list"): string {
    return `kv1.${operation}`;
  }

  read(path: string): Answer {
    const data = this.entries.get(path);
    if (!data) return NOT_FOUND;
    // Nothing is leased: the duration is a hint, and the lease's id stays empty.
    const hint = seconds(data["ttl"]) ?? SYSTEM_MAX_TTL;
    return reply(this.#ids, { data, lease: { id: "", seconds: hint, renewable: false } });
  }

  list(path: string): Answer {
    const keys = childrenOf(this.entries.keys(), path);
    return keys.length === 0 ? NOT_FOUND : reply(this.#ids, { data: { keys } });
  }
}
