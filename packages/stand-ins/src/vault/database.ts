import type { Answer } from "../kit/backend.ts";
import type { Ids } from "../kit/ids.ts";
import { CANARY } from "../kit/witness.ts";
import { childrenOf, type Engine, type Operation } from "./engine.ts";
import { errors, NOT_FOUND, reply, UNSUPPORTED } from "./envelope.ts";
import type { Leases } from "./leases.ts";
import type { Token } from "./tokens.ts";

/** Makes a new credential for each read of `creds/<role>`. Nothing stands behind it. */
export class Database implements Engine {
  readonly type = "database";
  readonly options = null;
  readonly #roles: Map<string, number>;
  readonly #ids: Ids;
  readonly #mount: string;
  readonly #leases: Leases;

  constructor(mount: string, roles: Readonly<Record<string, number>>, ids: Ids, leases: Leases) {
    this.#mount = mount;
    this.#roles = new Map(Object.entries(roles));
    this.#ids = ids;
    this.#leases = leases;
  }

  route(operation: Operation): string {
    return operation === "read" ? "database.creds" : "database.list";
  }

  read(path: string, _query: URLSearchParams, asker: Token): Answer {
    const role = /^creds\/([^/]+)$/.exec(path)?.[1];
    if (role === undefined) return UNSUPPORTED;
    const ttl = this.#roles.get(role);
    if (ttl === undefined) return errors(400, `unknown role: ${role}`);
    const id = `${this.#mount}creds/${role}/${this.#ids.text(24)}`;
    this.#leases.add(id, asker.label, asker.id, ttl);
    const data = { username: `v-${role}-${this.#ids.text(12)}`, password: `${CANARY}${this.#ids.text(20)}` };
    return reply(this.#ids, { data, lease: { id, seconds: ttl, renewable: true } });
  }

  list(path: string): Answer {
    const keys = childrenOf(
      [...this.#roles.keys()].map((role) => `roles/${role}`),
      path,
    );
    return keys.length === 0 ? NOT_FOUND : reply(this.#ids, { data: { keys } });
  }
}
