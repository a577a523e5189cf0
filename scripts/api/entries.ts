import { join } from "node:path";
import type { Published } from "../release/manifests.ts";

/** An entry of a published package: what its users import, and where its report is. */
export interface Entry {
  /** As an import names it: `@vaultlink/core/provider`. */
  readonly name: string;
  readonly package: string;
  /** The folder of the package, from the root. */
  readonly folder: string;
  /** The built declarations, from the root. */
  readonly declarations: string;
  /** The committed report, from the root. */
  readonly report: string;
}

/** Entries that nobody outside this repository may rely on: their declarations may change at any time. */
const WITHOUT_PROMISE: ReadonlySet<string> = new Set(["@vaultlink/core/internal"]);

/** The entries of a package whose declarations are a promise; none for a command, which is not imported. */
export function entriesOf({ folder, manifest }: Published): readonly Entry[] {
  return Object.entries(manifest.publishConfig?.exports ?? {}).flatMap(([path, { types }]) => {
    const name = join(manifest.name, path).replaceAll("\\", "/");
    if (WITHOUT_PROMISE.has(name)) return [];
    const file = path === "." ? "index" : path.slice("./".length).replaceAll("/", "-");
    const at = (relative: string): string => join(folder, relative).replaceAll("\\", "/");
    const paths = { declarations: at(types), report: at(`etc/${file}.api.md`) };
    return [{ name, package: manifest.name, folder, ...paths }];
  });
}
