import type { Answer } from "../kit/backend.ts";
import type { Clock } from "../kit/clock.ts";
import type { Ids } from "../kit/ids.ts";
import { childrenOf, type Engine, type Operation } from "./engine.ts";
import { errors, NOT_FOUND, reply, UNSUPPORTED, wrapped } from "./envelope.ts";
import { VersionedSecret } from "./kv2-secret.ts";
import type { SeedMount } from "./seed.ts";

/** Key/value, version 2: `data/…` to read, `metadata/…` to look around. */
export class Kv2 implements Engine {
  readonly type = "kv";
  readonly options: Readonly<Record<string, string>> = { version: "2" };
  readonly secrets: Map<string, VersionedSecret> = new Map();
  readonly #ids: Ids;

  constructor(seed: NonNullable<SeedMount["secrets"]>, clock: Clock, ids: Ids) {
    this.#ids = ids;
    for (const [name, { versions, custom }] of Object.entries(seed)) {
      const secret = new VersionedSecret();
      secret.custom = custom ?? null;
      for (const version of versions) secret.add(version.data, clock.now());
      versions.forEach(({ state }, at) => state && secret.end(state, [at + 1], clock.now()));
      this.secrets.set(name, secret);
    }
  }

  route(operation: Operation, path: string): string {
    return path.startsWith("metadata/") && operation === "read" ? "kv2.metadata" : `kv2.${operation}`;
  }

  read(path: string, query: URLSearchParams): Answer {
    if (path === "data" || path === "metadata")
      return this.#wrongPath("Non-listing operations on the root of a K/V v2 mount are not supported.");
    const [kind, name] = split(path);
    if (kind === "data") return this.#data(name, query.getAll("version"));
    if (kind !== "metadata") {
      return this.#wrongPath(
        "Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use. If using the OpenBao CLI, use 'bao kv get' for this operation.",
      );
    }
    const secret = this.secrets.get(name);
    return secret ? reply(this.#ids, { data: secret.overview() }) : NOT_FOUND;
  }

  list(path: string): Answer {
    const [kind, folder] = split(path);
    if (kind !== "metadata") return UNSUPPORTED;
    const keys = childrenOf(this.secrets.keys(), folder);
    return keys.length === 0 ? NOT_FOUND : reply(this.#ids, { data: { keys } });
  }

  #data(name: string, wanted: readonly string[]): Answer {
    const refused = refusalOf(wanted);
    if (refused !== undefined) {
      return errors(400, `Field validation failed: error converting input for field "version": '' ${refused}`);
    }
    const secret = this.secrets.get(name);
    // A trailing slash is no name of its own to the vault, and it stumbles.
    if (!secret && this.secrets.has(name.replace(/\/$/, "")))
      return errors(500, wrapped("could not find version data"));
    // Zero and less mean the latest.
    const [asked] = wanted.map(Number);
    const number = asked !== undefined && asked > 0 ? asked : (secret?.versions.length ?? 0);
    const version = secret?.versions[number - 1];
    if (!secret || !version) return NOT_FOUND;
    const metadata = secret.metadata(number);
    const gone = version.destroyed || version.deletedAt !== undefined;
    return reply(this.#ids, { status: gone ? 404 : 200, data: { data: gone ? null : version.data, metadata } });
  }

  #wrongPath(warning: string): Answer {
    return reply(this.#ids, { status: 404, warnings: [warning] });
  }
}

/** Why the vault does not take what was given as a version. */
function refusalOf(wanted: readonly string[]): string | undefined {
  const [first = "", ...more] = wanted;
  if (more.length > 0) return "expected type 'int', got unconvertible type '[]string'";
  if (first !== "" && !/^-?\d+$/.test(first)) return "cannot parse value as 'int': strconv.ParseInt: invalid syntax";
  return Number(first) > 2 ** 63 ? "cannot parse value as 'int': strconv.ParseInt: value out of range" : undefined;
}

function split(path: string): readonly [kind: string, name: string] {
  const at = path.indexOf("/");
  return at < 0 ? [path, ""] : [path.slice(0, at), path.slice(at + 1)];
}
