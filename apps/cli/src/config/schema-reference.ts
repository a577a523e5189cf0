import { access } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { version } from "../version.ts";

const LOCAL = join("node_modules", "vaultlink", "schema", "project.json");
/** Where every published version of a package can be fetched (https://www.jsdelivr.com/documentation#id-npm). */
const PUBLISHED = `https://cdn.jsdelivr.net/npm/vaultlink@${version}/schema/project.json`;

/**
 * The `$schema` of a new project file: a path to the schema of the project's own installation, at any level above; without
 * one an address, since the file is committed and a path of this machine would help nobody else.
 */
export async function schemaReference(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, LOCAL);
    if (await isThere(file)) {
      const path = relative(folder, file).replaceAll("\\", "/");
      return path.startsWith(".") ? path : `./${path}`;
    }
    if (dirname(at) === at) return PUBLISHED;
  }
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
