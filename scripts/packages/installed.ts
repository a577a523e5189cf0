import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/**
 * The packages, as `name@version`, that npm installs for the package in `folder` where nothing else is: itself, what it
 * depends on, and the peers that it must have. Found in what this workspace has installed, so that no registry is asked.
 *
 * @throws Error if one of them is not installed here.
 */
export function installedWith(folder: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    const { name, version, ...needs } = readManifest(path);
    if (found.has(`${name}@${version}`)) return;
    found.add(`${name}@${version}`);
    for (const each of Object.keys({ ...needs.dependencies, ...mustHave(needs) })) {
      const at = find(each, path);
      if (at === undefined) throw new Error(`${name} needs ${each}, which is not installed. Run: pnpm install`);
      visit(at);
    }
    for (const each of Object.keys(needs.optionalDependencies ?? {})) {
      const at = find(each, path);
      if (at !== undefined) visit(at);
    }
  };
  visit(realpathSync(folder));
  return found;
}

function mustHave({ peerDependencies = {}, peerDependenciesMeta = {} }: Partial<Manifest>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(peerDependencies).filter(([name]) => peerDependenciesMeta[name]?.optional !== true),
  );
}

/** Where Node would find a package that one in `from` imports. */
function find(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(candidate)) return realpathSync(candidate);
    if (folder === dirname(folder)) return undefined;
  }
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
