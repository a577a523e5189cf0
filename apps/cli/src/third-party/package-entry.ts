import { isAbsolute, join, relative } from "node:path";

/** What of a package's manifest counts here. */
export interface Manifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly main?: unknown;
  readonly exports?: unknown;
}

/** The conditions under which Node imports a package: https://nodejs.org/api/packages.html#conditional-exports */
const CONDITIONS: ReadonlySet<string> = new Set(["node", "import", "module-sync", "default"]);

/** The file that importing a package loads, or `undefined` for a manifest that names none inside of it. */
export function packageEntry(folder: string, { exports, main }: Manifest): string | undefined {
  const target =
    exports === undefined || exports === null ? (typeof main === "string" ? main : "index.js") : root(exports);
  if (target === undefined) return undefined;
  const entry = join(folder, target);
  const inside = relative(folder, entry);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside) ? undefined : entry;
}

function root(exports: unknown): string | undefined {
  if (typeof exports === "object" && exports !== null && !Array.isArray(exports) && "." in exports) {
    return targetOf((exports as Readonly<Record<string, unknown>>)["."]);
  }
  return targetOf(exports);
}

function targetOf(target: unknown): string | undefined {
  if (typeof target === "string") return target.startsWith("./") ? target : undefined;
  if (Array.isArray(target)) return target.map(targetOf).find((one) => one !== undefined);
  if (typeof target !== "object" || target === null) return undefined;
  for (const [condition, inner] of Object.entries(target)) {
    const found = CONDITIONS.has(condition) ? targetOf(inner) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
