import { inspect } from "node:util";

/** Which of `canaries` a text contains, as their positions: in plain, or as JSON, a URL, base64 or hex would carry them. */
export function leaks(text: string, canaries: readonly string[]): number[] {
  const found: number[] = [];
  const lower = text.toLowerCase();
  canaries.forEach((canary, index) => {
    if (canary !== "" && forms(canary).some((form) => text.includes(form) || lower.includes(form.toLowerCase()))) {
      found.push(index);
    }
  });
  return found;
}

/**
 * Where an error carries a canary: `"message"`, `"stack"`, `"inspect"`, `"JSON"`, or the path of a property, hidden and
 * inherited ones included. An empty list is a clean error. Never repeats what it found.
 */
export function scanError(error: unknown, canaries: readonly string[]): string[] {
  const where = new Set<string>();
  const look = (place: string, text: string): void => {
    if (leaks(text, canaries).length > 0) where.add(place);
  };
  walk(error, (path, held) => look(path || "the value itself", held));
  look(
    "inspect",
    attempt(() =>
      inspect(error, { showHidden: true, depth: Infinity, maxStringLength: Infinity, maxArrayLength: Infinity }),
    ),
  );
  look(
    "JSON",
    attempt(() => JSON.stringify(error) ?? ""),
  );
  look(
    "String()",
    attempt(() => String(error)),
  );
  return [...where];
}

function forms(canary: string): string[] {
  const bytes = Buffer.from(canary, "utf8");
  const all = [canary, JSON.stringify(canary).slice(1, -1), encodeURIComponent(canary), bytes.toString("hex")];
  // Base64 depends on what stands before: three alignments, without the characters a neighbour may change.
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const own = encoded.slice(before === 0 ? 0 : before + 1, (before + bytes.length) % 3 === 0 ? undefined : -1);
    // A short piece would be found by chance.
    if (own.length >= 6) all.push(own, own.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return all;
}

/** Visits every text reachable from `value`, symbols, hidden properties, getters, maps, sets, bytes and prototypes included. */
function walk(value: unknown, visit: (path: string, text: string) => void): void {
  const seen = new Set<object>();
  const queue: Array<readonly [path: string, held: unknown]> = [["", value]];
  for (let at = queue.shift(); at !== undefined && seen.size < 20_000; at = queue.shift()) {
    const [path, held] = at;
    if (typeof held === "string") visit(path, held);
    if ((typeof held !== "object" && typeof held !== "function") || held === null || seen.has(held)) continue;
    seen.add(held);
    if (ArrayBuffer.isView(held)) {
      visit(path, Buffer.from(held.buffer, held.byteOffset, held.byteLength).toString("latin1"));
      continue;
    }
    if (held instanceof Map)
      queue.push(
        ...[...held].flatMap(
          ([key, item]) =>
            [
              [`${path} key`, key],
              [`${path} entry`, item],
            ] as const,
        ),
      );
    if (held instanceof Set) queue.push(...[...held].map((item) => [`${path} item`, item] as const));
    for (const key of Reflect.ownKeys(held)) {
      const name = typeof key === "symbol" ? `[${key.description ?? "symbol"}]` : key;
      queue.push([path === "" ? name : `${path}.${name}`, property(held, key)], [`${path} name of a property`, name]);
    }
    const parent: unknown = Object.getPrototypeOf(held);
    if (parent !== null && !BUILT_IN.has(parent)) queue.push([`${path}.prototype`, parent]);
  }
}

const BUILT_IN: ReadonlySet<unknown> = new Set([
  Object.prototype,
  Array.prototype,
  Function.prototype,
  Error.prototype,
  Map.prototype,
  Set.prototype,
]);

function property(held: object, key: PropertyKey): unknown {
  return attempt(() => Reflect.get(held, key) as unknown);
}

function attempt<T>(get: () => T): T | "" {
  try {
    return get();
  } catch {
    return "";
  }
}
